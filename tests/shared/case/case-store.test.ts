import { describe, expect, it } from "vitest";
import { CaseChangedError, CaseNotFoundError, requireCase, retryOnChange } from "../../../shared/case/case-store.ts";
import { caseId } from "./builders.ts";
import { caseStoreContract } from "./case-store-contract.ts";
import { inMemoryCases } from "./in-memory-cases.ts";

caseStoreContract("memory", async () => {
  const cases = inMemoryCases();
  return { cases, outbox: cases, openCases: cases, listing: cases };
});

describe("a step that somebody else was faster with", () => {
  const failing = (times: number, error: Error) => {
    let calls = 0;
    const step = async () => {
      calls += 1;
      if (calls <= times) throw error;
      return calls;
    };
    return { step, calls: () => calls };
  };

  it("is decided anew on what is there now", async () => {
    expect(await retryOnChange(failing(2, new CaseChangedError(caseId)).step)).toBe(3);
  });

  it("is given up after five attempts", async () => {
    const { step, calls } = failing(99, new CaseChangedError(caseId));
    await expect(retryOnChange(step)).rejects.toBeInstanceOf(CaseChangedError);
    expect(calls()).toBe(5);
  });

  it("is not repeated for any other error", async () => {
    const { step, calls } = failing(1, new Error("Something else."));
    await expect(retryOnChange(step)).rejects.toThrow("Something else.");
    expect(calls()).toBe(1);
  });
});

it("says which case is missing", async () => {
  await expect(requireCase(inMemoryCases(), caseId)).rejects.toThrow(new CaseNotFoundError(caseId).message);
});
