import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportLedger } from "../../../../infra/operate/ledger/export-ledger.ts";
import { ExportNotReadableError, exportSource } from "../../../../infra/operate/ledger/export-source.ts";
import type { LedgerRecord, LedgerSource } from "../../../../infra/operate/ledger/ledger-source.ts";
import { verifyLedger } from "../../../../infra/operate/ledger/verify-ledger.ts";
import { type Anchor, anchorOf, noAnchorBefore } from "../../../../shared/ledger/anchor.ts";
import type { LedgerEvent } from "../../../../shared/ledger/event.ts";
import { temporaryDirectory } from "../../../local/template/temporary-directory.ts";
import { caseIdNumber } from "../../../shared/case/builders.ts";
import { aChain, headOf } from "../../../shared/ledger/a-chain.ts";

const chainOf = (number: number, length: number) =>
  aChain(
    Array.from({ length }, (_, index) => `${number}.${index}`),
    caseIdNumber(number),
  );
const eventsOf = (events: readonly object[]): LedgerRecord[] =>
  events.map((event) => ({ kind: "event", event: { ...event } }));
const headRecord = (chain: readonly LedgerEvent[], pass: 1 | 2 = 1): LedgerRecord => ({
  kind: "head",
  pass,
  caseId: chain[0]?.caseId ?? "",
  ...headOf(chain),
});
const anchored = (day: string, chains: readonly (readonly LedgerEvent[])[], before?: Anchor) =>
  anchorOf(
    day,
    chains.map((chain) => ({ caseId: chain[0]?.caseId ?? "", ...headOf(chain) })),
    before?.hash ?? noAnchorBefore,
  );
const source = (records: readonly LedgerRecord[], anchors: readonly unknown[] = []): LedgerSource => ({
  records: async function* () {
    yield* records;
  },
  anchors: async function* () {
    for (const [index, content] of anchors.entries()) yield { name: `anchors/${index}.json`, content };
  },
});
const problemsOf = async (records: readonly LedgerRecord[], anchors: readonly unknown[] = []) =>
  (await verifyLedger(source(records, anchors))).problems;

const chains = [chainOf(0, 3), chainOf(1, 1), chainOf(2, 5)];
const events = chains.flat();
const whole = [...eventsOf(events), ...chains.map((chain) => headRecord(chain))];

describe("verify-ledger", () => {
  it("counts what it saw, whatever the order", async () => {
    const anchors = [anchored("2026-03-02", chains)];
    expect(await verifyLedger(source(whole.toReversed(), anchors))).toEqual({
      events: 9,
      chains: 3,
      chainsWithoutCase: 0,
      anchors: 1,
      problems: [],
    });
    expect(await verifyLedger(source(eventsOf(events)))).toMatchObject({
      chains: 3,
      chainsWithoutCase: 3,
      problems: [],
    });
  });

  it("finds and names any one event that was changed, removed, put in or swapped, of many chains", async () => {
    const touches: ((all: LedgerEvent[], index: number) => object[])[] = [
      (all, index) => all.map((event, at) => (at === index ? { ...event, summary: "forged" } : event)),
      (all, index) => all.filter((_, at) => at !== index),
      (all, index) => [...all, { ...(all[index] ?? {}), summary: "forged" }],
      (all, index) => all.map((event, at) => (at === index ? { ...event, sequence: event.sequence + 7 } : event)),
    ];
    const anyTouch = fc.constantFrom(...touches);
    await fc.assert(
      fc.asyncProperty(fc.nat(events.length - 1), anyTouch, async (index, touch) => {
        const { caseId, sequence } = events[index] ?? { caseId: "", sequence: 0 };
        const records = [...eventsOf(touch(events, index)), ...chains.map((chain) => headRecord(chain))];
        const problems = await problemsOf(records);
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(new RegExp(`^Case ${caseId}, event ${sequence}: `));
      }),
      { numRuns: 40 },
    );
  });

  it("finds a chain of which nothing is left, by its case or its anchor", async () => {
    const left = eventsOf(chains.slice(1).flat());
    const [first = []] = chains;
    expect(await problemsOf([...left, headRecord(first)])).toEqual([
      `Case ${caseIdNumber(0)}, event 1: shorter than the case says`,
    ]);
    expect(await problemsOf(left, [anchored("2026-03-02", chains)])).toEqual([
      `Case ${caseIdNumber(0)}, event 1: shorter than its anchor (of 2026-03-02)`,
    ]);
  });

  it("lets cases move on, be opened and expire while it reads", async () => {
    const [a = [], b = [], c = []] = chains;
    const records = [
      headRecord(a.slice(0, 1), 1),
      headRecord(c, 1), // expires: gone in the second pass
      ...eventsOf([...a.slice(0, 2), ...c]),
      headRecord(a, 2),
      headRecord(b, 2), // opened after its events were read
    ];
    expect(await problemsOf(records)).toEqual([]);
    expect(await problemsOf([headRecord(a.slice(0, 1), 1), ...eventsOf(a), headRecord(a.slice(0, 1), 2)])).toEqual([
      `Case ${caseIdNumber(0)}, event 2: longer than the case says`,
    ]);
  });

  it("names an event that has no place in any chain", async () => {
    const [first] = events;
    expect(await problemsOf(eventsOf([{ ...first, sequence: "two" }]))).toEqual([
      `Case ${first?.caseId}, event two: has no place in a chain`,
    ]);
  });

  it("finds an anchor that was altered, is no anchor, or is gone from between two others", async () => {
    const one = anchored("2026-03-01", chains.slice(0, 1));
    const two = anchored("2026-03-02", chains.slice(1, 2), one);
    const three = anchored("2026-03-03", chains.slice(2), two);
    expect(await problemsOf(whole, [one, two, three])).toEqual([]);
    expect(await problemsOf(whole, [one, { ...two, heads: [] }, three])).toEqual([
      expect.stringMatching(/^Anchor anchors\/1\.json: altered/),
    ]);
    expect(await problemsOf(whole, [one, null, three])).toHaveLength(1);
    expect(await problemsOf(whole, [one, three])).toEqual([
      "Anchor anchors/1.json: an anchor before it is missing or was altered",
    ]);
    const forged = anchored("2026-03-02", [], one);
    expect(await problemsOf(whole, [one, forged, three])).toEqual([
      "Anchor anchors/2.json: an anchor before it is missing or was altered",
    ]);
  });
});

describe("an export", () => {
  const folder = () => join(temporaryDirectory("export"), "out");

  it("is checked as its source is, with its anchors", async () => {
    const directory = folder();
    const inBucket: LedgerSource = {
      ...source(whole),
      anchors: async function* () {
        yield { name: "s3://anchors/anchors/2026-03-02.json", content: anchored("2026-03-02", chains) };
      },
    };
    expect(await exportLedger(inBucket, directory)).toBe(9);
    expect(await verifyLedger(exportSource(directory))).toMatchObject({ events: 9, anchors: 1, problems: [] });
    const file = join(directory, "ledger.jsonl.gz");
    const text = gunzipSync(readFileSync(file)).toString("utf8");
    writeFileSync(file, gzipSync(text.replace('"0.1"', '"0.x"')));
    expect((await verifyLedger(exportSource(directory))).problems).toEqual([
      `Case ${caseIdNumber(0)}, event 2: hash differs`,
    ]);
  });

  it("is never added to another", async () => {
    const directory = folder();
    await exportLedger(source(whole), directory);
    await expect(exportLedger(source(whole), directory)).rejects.toThrow(ExportNotReadableError);
  });

  it("may be DynamoDB's own, of the ledger and of the cases, with its manifests and rows of other kinds", async () => {
    const directory = folder();
    mkdirSync(join(directory, "data"), { recursive: true });
    const lines = (items: readonly object[]) =>
      gzipSync(
        items.map((item) => `${JSON.stringify({ Item: marshall(item, { removeUndefinedValues: true }) })}\n`).join(""),
      );
    const rowOf = (chain: readonly LedgerEvent[]) => {
      const { sequence, hash } = headOf(chain);
      return { pk: `CASE#${chain[0]?.caseId}`, sk: "CASE", record: { ledgerSequence: sequence, ledgerHash: hash } };
    };
    const review = { pk: `CASE#${caseIdNumber(0)}`, sk: "REVIEW#0001", record: {} };
    const alias = { pk: `CASE#${caseIdNumber(9)}`, sk: "CASE", aliasOf: caseIdNumber(0) };
    writeFileSync(join(directory, "manifest-summary.json"), "{}");
    writeFileSync(
      join(directory, "data", "a.json.gz"),
      lines(events.map((event) => ({ ...event, movedKey: "2026-03-02#1" }))),
    );
    writeFileSync(join(directory, "data", "b.json.gz"), lines([...chains.map(rowOf), review, alias]));
    expect(await verifyLedger(exportSource(directory))).toMatchObject({
      events: 9,
      chainsWithoutCase: 0,
      problems: [],
    });
    writeFileSync(join(directory, "data", "a.json.gz"), lines(events.slice(0, -1)));
    expect((await verifyLedger(exportSource(directory))).problems).toEqual([
      `Case ${caseIdNumber(2)}, event 5: shorter than the case says`,
    ]);
  });

  it("that is not there, holds nothing, or is no JSON is refused by its name", async () => {
    expect(() => exportSource("/nowhere/at/all")).toThrow(/no \/nowhere\/at\/all/);
    const directory = temporaryDirectory("export");
    expect(() => exportSource(directory)).toThrow(/holds no \.jsonl/);
    writeFileSync(join(directory, "ledger.jsonl"), '{"caseId":"a"}\nnot json\n');
    await expect(verifyLedger(exportSource(directory))).rejects.toThrow(/ledger\.jsonl, line 2: not a JSON object/);
  });
});
