import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleExpectations } from "../../local/demo/samples/expectations.ts";
import { generateSamples } from "../../local/demo/samples/generate.ts";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { openTestStack, type TestStack } from "./test-stack.ts";

const samples = new Map<string, Uint8Array>();
let test: TestStack;

beforeAll(async () => {
  test = await openTestStack();
  const directory = await mkdtemp(join(tmpdir(), "signoff-samples-"));
  const paths = await generateSamples(directory, new Date().toISOString().slice(0, 10));
  for (const path of paths) samples.set(path.split("/").at(-1) ?? "", await readFile(path));
  const owner = await test.as("owner-1");
  for (const [list, csv] of Object.entries(sampleLists())) {
    const answer = await owner.post(`/api/workflows/invoices/lists/${list}`, { csv });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  }
});
afterAll(() => test?.close());

const sample = (name: string): Uint8Array => {
  const bytes = samples.get(name);
  if (!bytes) throw new Error(`No sample ${name}.`);
  return bytes;
};

describe("an invoice that is in order", () => {
  it("goes from drop to outcome through software alone, in at most 12 billed transitions", async () => {
    const before = await test.stack.metered();
    const caseId = await test.drop("invoices/nordlicht-druck-1184.pdf", sample("nordlicht-druck-1184.pdf"));
    const { case: closed, timeline } = await test.caseWhen(caseId, (answer) => answer.case.status === "closed");
    expect(closed.disposition).toMatchObject({ kind: "pass" });
    expect(timeline.map(({ type }) => type)).toEqual(["CaseOpened", "ProposalGated", "OutcomeDelivered"]);
    expect(await test.outcomeOf(caseId)).toMatchObject({ action: "pay", decidedBy: { kind: "software" } });
    await test.stack.settled();
    const after = await test.stack.metered();
    expect(after.stateTransitions - before.stateTransitions).toBeLessThanOrEqual(12);
  });
});

describe("every sample", () => {
  it.each(Object.entries(sampleExpectations))("%s ends as its table says", async (name, expected) => {
    const caseId = await test.drop(`invoices/all/${name}`, sample(name));
    const answer = await test.caseWhen(caseId, ({ case: { status } }) => status === "closed" || status === "waiting");
    const reasons = answer.case.disposition?.kind === "review" ? answer.case.disposition.reasons : [];
    const told = reasons.map(({ kind, message, observed }) => `${kind}: ${message} (${observed})`);
    if (expected.passes) {
      // The first sample was dropped before, so here it is its own duplicate.
      const unexpected = reasons.filter(({ triggerId }) => !["duplicate", "near-twin"].includes(triggerId));
      expect(unexpected, told.join("\n")).toEqual([]);
    } else {
      expect(
        reasons.map(({ kind }) => kind),
        told.join("\n"),
      ).toEqual(expect.arrayContaining([...expected.kinds]));
      expect(reasons.every(({ passesIf }) => passesIf !== "")).toBe(true);
    }
  });
});
