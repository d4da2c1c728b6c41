import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EnvironmentInvalidError, readEnvironment } from "../../../shared/aws/environment.ts";
import { functions } from "../../../shared/contracts/functions.ts";

const before = { ...process.env };
beforeEach(() => {
  for (const { environment } of Object.values(functions)) for (const name of environment) delete process.env[name];
});
afterEach(() => {
  process.env = { ...before };
});

describe("a function's environment", () => {
  it("holds what the function declares and nothing else", () => {
    Object.assign(process.env, { CASE_TABLE: "cases", LEDGER_TABLE: "ledger", EVENT_BUS: "bus", PEOPLE_TABLE: "no" });
    expect(readEnvironment("open-review")).toEqual({ CASE_TABLE: "cases", LEDGER_TABLE: "ledger", EVENT_BUS: "bus" });
  });

  it("reads figures as figures", () => {
    const names = { CASE_TABLE: "c", INTAKE_BUCKET: "i", EVIDENCE_BUCKET: "e", DAILY_PAGE_CAP: "500" };
    Object.assign(process.env, names);
    expect(readEnvironment("detect-page").DAILY_PAGE_CAP).toBe(500);
  });

  it("that lacks something is refused by every bad name, and by no value", () => {
    Object.assign(process.env, { CASE_TABLE: "secret-table", INTAKE_BUCKET: "", DAILY_PAGE_CAP: "secret-many" });
    const read = () => readEnvironment("detect-page");
    expect(read).toThrow(EnvironmentInvalidError);
    expect(read).toThrow("detect-page lacks or cannot use: INTAKE_BUCKET, EVIDENCE_BUCKET, DAILY_PAGE_CAP.");
    expect(read).not.toThrow("secret");
  });
});
