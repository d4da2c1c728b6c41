import { describe, expect, it } from "vitest";
import { decision, maxLines } from "../../../shared/contracts/decision.ts";
import { environmentSchema, functions } from "../../../shared/contracts/functions.ts";
import { caseId, queue, reviewId, timestamp } from "../../../shared/contracts/identifiers.ts";
import { maxNoteCharacters } from "../../../shared/contracts/limits.ts";
import { membership } from "../../../shared/contracts/people.ts";
import { finding } from "../../../shared/contracts/proposal.ts";
import { aFinding, aMembership } from "../case/builders.ts";

const letters = "a".repeat(26);

describe("an identifier", () => {
  it.each([
    [
      "a case id",
      caseId,
      letters,
      [letters.slice(1), `${letters}a`, letters.toUpperCase(), `${"a".repeat(25)}1`, `${letters}\n`],
    ],
    [
      "a review id",
      reviewId,
      `${letters}-1`,
      [letters, `${letters}-0`, `${letters}-01`, `${letters}-10000`, `${letters}-1/..`],
    ],
    ["a queue", queue, "invoices/it", ["Invoices", "invoices/", "/it", "invoices/it/x", "invoices#waiting", "../x"]],
    ["a time", timestamp, "2026-03-02T12:00:00.000Z", ["2026-03-02", "2026-03-02T12:00:00+01:00", "tomorrow"]],
  ] as const)("%s is what it looks like, and nothing else", (_, schema, good, bad) => {
    expect(schema.safeParse(good).success).toBe(true);
    for (const text of bad) expect(schema.safeParse(text).success, text).toBe(false);
  });
});

describe("a decision", () => {
  it.each([
    { action: "approve" },
    { action: "correct", fields: { gross: null } },
    { action: "reject", note: "No." },
    { action: "escalate", note: "?" },
  ])("may be: %j", (value) => {
    expect(decision.safeParse(value).success).toBe(true);
  });

  it.each([
    { action: "reject" },
    { action: "reject", note: "  " },
    { action: "escalate" },
    { action: "correct" },
    { action: "correct", fields: { gross: 12 } },
    { action: "correct", fields: {}, lines: Array(maxLines + 1).fill({}) },
    { action: "approve", note: "x".repeat(maxNoteCharacters + 1) },
    { action: "pay" },
    {},
  ])("may not be: %#", (value) => {
    expect(decision.safeParse(value).success).toBe(false);
  });
});

it("a confidence is between none and certain, or missing", () => {
  for (const confidence of [0, 1, null])
    expect(finding.safeParse(aFinding("gross", "1", confidence)).success).toBe(true);
  for (const confidence of [-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(finding.safeParse(aFinding("gross", "1", confidence)).success).toBe(false);
});

it("a limit is a whole amount in a currency's code", () => {
  expect(membership.safeParse(aMembership({ limits: { EUR: 0 } })).success).toBe(true);
  for (const limits of [{ eur: 1 }, { EUR: -1 }, { EUR: 0.5 }, { EURO: 1 }])
    expect(membership.safeParse(aMembership({ limits })).success).toBe(false);
});

it("every function declares an environment that has a schema", () => {
  for (const name of Object.keys(functions)) {
    if (!isFunctionName(name)) throw new Error(`${name} is not declared.`);
    const refused = environmentSchema(name).safeParse({});
    expect(
      refused.error?.issues.map((issue) => issue.path.join(".")),
      name,
    ).toEqual(functions[name].environment);
  }
});

const isFunctionName = (name: string): name is keyof typeof functions => Object.hasOwn(functions, name);
