import type { Announcer, ExecutionStatus, Executions } from "../../../shared/case/executions.ts";
import type { Submission } from "../../../shared/case/open-case.ts";
import type { DropMetadata } from "../../../shared/contracts/case.ts";
import type { CaseEvent, Outcome } from "../../../shared/contracts/outcome.ts";
import type { CaseInput } from "../../../shared/contracts/payloads.ts";
import type { Person } from "../../../shared/contracts/people.ts";
import type { Proposal } from "../../../shared/contracts/proposal.ts";
import type { AttachedFile } from "../../../shared/review/attachments.ts";

/** Everybody who has a role; changed by writing to it. */
export function inMemoryPeople(...everybody: readonly Person[]) {
  const people = new Map(everybody.map((person) => [person.personId, person]));
  return { everybody: people, find: async (personId: string) => people.get(personId) ?? null };
}

export function inMemoryProposals(proposals: Readonly<Record<string, Proposal>> = {}) {
  const saved = new Map(Object.entries(proposals));
  return {
    saved,
    find: async (caseId: string) => saved.get(caseId) ?? null,
    save: async (caseId: string, proposal: Proposal) => void saved.set(caseId, proposal),
  };
}

/** Remembers what was announced. `refuse` makes the next announcement fail. */
export function inMemoryAnnouncer(): Announcer & { readonly events: CaseEvent[]; refuse(): void } {
  const events: CaseEvent[] = [];
  let refusals = 0;
  return {
    events,
    refuse: () => {
      refusals += 1;
    },
    announce: async (event) => {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error("The bus is down.");
      }
      events.push(event);
    },
  };
}

/** Executions by name; a name that was never started is unknown. */
export function inMemoryExecutions(statuses: Readonly<Record<string, ExecutionStatus>> = {}) {
  const known = new Map(Object.entries(statuses));
  const started: { name: string; input: CaseInput }[] = [];
  const stopped: string[] = [];
  const executions: Executions = {
    start: async (name, input) => {
      if (known.has(name) && known.get(name) !== "unknown") return;
      known.set(name, "running");
      started.push({ name, input });
    },
    stop: async (name) => {
      stopped.push(name);
      known.set(name, "dead");
    },
    statusOf: async (name) => known.get(name) ?? "unknown",
  };
  return {
    ...executions,
    started,
    stopped,
    become: (name: string, status: ExecutionStatus) => void known.set(name, status),
  };
}

export function inMemorySubmissions() {
  const announced = new Map<string, Submission>();
  return {
    announced,
    find: async (key: string) => announced.get(key) ?? null,
    announce: async (key: string, submission: Submission, _now: Date) => void announced.set(key, submission),
  };
}

/** Metadata that every drop carries, or the problem it has. */
export const intakeWith = (metadata: DropMetadata = {}, problem: string | null = null) => ({
  metadata: async () => ({ metadata, problem }),
});

/** Objects by key, as the bytes that would be written. */
export function inMemoryOutcomes() {
  const objects = new Map<string, string[]>();
  return {
    objects,
    put: async (outcome: Outcome) => {
      const key = `${outcome.workflow}/${outcome.caseId}.json`;
      objects.set(key, [...(objects.get(key) ?? []), JSON.stringify(outcome)]);
      return { bucket: "outcomes", key };
    },
  };
}

/** Task tokens that somebody waits for; waking takes each once. `fail` makes the next call fail. */
export function inMemoryTokens(...waiting: readonly string[]) {
  const open = new Set(waiting);
  const woken: { taskToken: string; output: unknown }[] = [];
  let failures = 0;
  return {
    open,
    woken,
    fail: () => {
      failures += 1;
    },
    succeed: async (taskToken: string, output: unknown): Promise<"woken" | "gone"> => {
      if (failures > 0) {
        failures -= 1;
        throw new Error("Step Functions is throttled.");
      }
      if (!open.delete(taskToken)) return "gone";
      woken.push({ taskToken, output });
      return "woken";
    },
  };
}

export function inMemoryOpenings() {
  const opened = new Map<string, Set<number>>();
  const at = (...key: readonly (string | number)[]) => key.join("/");
  return {
    add: async (caseId: string, round: number, personId: string, page: number) => {
      const key = at(caseId, round, personId);
      opened.set(key, new Set([...(opened.get(key) ?? []), page]));
    },
    of: async (caseId: string, round: number, personId: string) =>
      [...(opened.get(at(caseId, round, personId)) ?? [])].sort((a, b) => a - b),
  };
}

/** Files by case and id, as they were attached. */
export function inMemoryAttachments() {
  const kept = new Map<string, AttachedFile>();
  const at = (caseId: string, attachmentId: string) => `${caseId}/${attachmentId}`;
  return {
    kept,
    keep: async (caseId: string, attachmentId: string, file: AttachedFile) =>
      void kept.set(at(caseId, attachmentId), file),
    inspect: async (caseId: string, attachmentId: string) => {
      const file = kept.get(at(caseId, attachmentId));
      return file ? { sizeBytes: file.bytes.length, etag: "etag" } : null;
    },
    address: async (caseId: string, attachmentId: string) => `https://evidence/${at(caseId, attachmentId)}`,
  };
}
