import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Client } from "../api/client.ts";
import { sentence } from "../api/problem.ts";
import { createStore, type Store } from "../store.ts";
import { hideAnswer } from "./masking.ts";

/** The case in front of the person. `subject` is null until it is read; a failed reading leaves the earlier one in place. */
interface OpenCase {
  readonly caseId: string | null;
  readonly subject: GetCaseResponse | null;
  readonly failure: string | null;
}

export interface CaseReader {
  readonly state: Store<OpenCase>;
  /** Shows another case; null closes. The same again changes nothing. */
  open(caseId: string | null): void;
  /** Reads the open case again; resolves when it is read, or could not be. */
  reload(): Promise<void>;
}

export function createCaseReader(client: Pick<Client, "call">): CaseReader {
  const state = createStore<OpenCase>({ caseId: null, subject: null, failure: null });

  async function read(caseId: string) {
    try {
      const subject = hideAnswer(await client.call("getCase", { path: { caseId } }));
      if (state.get().caseId === caseId) state.set({ caseId, subject, failure: null });
    } catch (error) {
      if (state.get().caseId === caseId) state.update((before) => ({ ...before, failure: sentence(error) }));
    }
  }
  return {
    state,
    open(caseId) {
      if (state.get().caseId === caseId) return;
      state.set({ caseId, subject: null, failure: null });
      if (caseId !== null) void read(caseId);
    },
    async reload() {
      const { caseId } = state.get();
      if (caseId !== null) await read(caseId);
    },
  };
}
