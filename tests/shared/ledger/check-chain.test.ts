import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { append, hashOf } from "../../../shared/ledger/chain.ts";
import { checkChain, type Witnesses } from "../../../shared/ledger/check-chain.ts";
import { type LedgerEvent, software } from "../../../shared/ledger/event.ts";
import { caseId, later } from "../case/builders.ts";
import { aChain, anyChain, headOf } from "./a-chain.ts";

const found = (events: readonly LedgerEvent[]) => events.map((event) => ({ sequence: event.sequence, event }));
const nobody: Witnesses = { earliest: null, latest: null, anchored: [] };
const theCase = (events: readonly LedgerEvent[]): Witnesses => ({
  earliest: headOf(events),
  latest: headOf(events),
  anchored: [],
});
const check = (events: readonly LedgerEvent[], witnesses = nobody) => checkChain(caseId, found(events), witnesses);
const at = <T>(list: readonly T[], index: number): number => index % list.length;

describe("a chain that nobody touched", () => {
  it("holds, in whatever order it is read, with or without what stands beside its events", () => {
    fc.assert(
      fc.property(anyChain, (events) => {
        const beside = events.map((event) => ({ ...event, movedKey: "2026-03-02#1" })).toReversed();
        expect(check(beside, { ...theCase(events), anchored: [{ ...headOf(events), day: "2026-03-02" }] })).toBeNull();
      }),
    );
  });

  it("may have moved on since its case and its anchor were read, and is none where nothing is said of it", () => {
    const events = aChain(["one", "two", "three"]);
    const [first, second] = [headOf(events.slice(0, 1)), headOf(events.slice(0, 2))];
    const witnesses = { earliest: first, latest: headOf(events), anchored: [{ ...second, day: "2026-03-02" }] };
    expect(check(events, witnesses)).toBeNull();
    expect(check(events.slice(0, 2), witnesses)).toBeNull();
    expect(check([])).toBeNull();
  });
});

describe("of a chain that was touched, the first broken link is named:", () => {
  const changes: ((event: LedgerEvent) => LedgerEvent)[] = [
    (event) => ({ ...event, summary: `${event.summary}.` }),
    (event) => ({ ...event, at: later(999).toISOString() }),
    (event) => ({ ...event, type: "CaseRecovered" }),
    (event) => ({ ...event, actor: { kind: "person", id: "mallory", name: "software" } }),
    (event) => ({ ...event, details: { ...event.details, more: 1 } }),
    (event) => ({ ...event, details: {} }),
    (event) => ({ ...event, caseId: "z".repeat(26) }),
    (event) => ({ ...event, previousHash: "1".repeat(64) }),
    (event) => ({ ...event, hash: "1".repeat(64) }),
  ];

  it("any change of any member of any event", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), fc.constantFrom(...changes), (events, index, change) => {
        const target = at(events, index);
        const forged = events.map((event, position) => (position === target ? change(event) : event));
        expect(check(forged)).toEqual({ caseId, sequence: target + 1, what: "hash differs" });
      }),
    );
  });

  it("a member that is gone", () => {
    const [first, ...rest] = aChain(["one", "two"]);
    const { actor: _, ...without } = first ?? aChain(["one"])[0] ?? { actor: null };
    expect(checkChain(caseId, [{ sequence: 1, event: without }, ...found(rest)], nobody)).toMatchObject({
      sequence: 1,
      what: "hash differs",
    });
  });

  it("a change with a hash that fits it, at the event after, or at the end by the case's row", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), (events, index) => {
        const target = at(events, index);
        const forged = events.map((event, position) => (position === target ? rehashed(event) : event));
        const isLast = target === events.length - 1;
        expect(check(forged, theCase(events))).toMatchObject(
          isLast
            ? { sequence: target + 1, what: "not what the case says" }
            : { sequence: target + 2, what: "previous hash differs" },
        );
      }),
    );
  });

  it("an event that was taken out, the last ones too where a case or an anchor knows of them", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), (events, index) => {
        const target = at(events, index);
        const without = events.filter((_, position) => position !== target);
        const isLast = target === events.length - 1;
        const what = isLast ? "shorter than the case says" : "link missing";
        expect(check(without, theCase(events))).toEqual({ caseId, sequence: target + 1, what });
        const anchored = [{ ...headOf(events), day: "2026-03-02" }];
        expect(check(events.slice(0, target), { ...nobody, anchored })).toEqual({
          caseId,
          sequence: target + 1,
          what: "shorter than its anchor",
          day: "2026-03-02",
        });
      }),
    );
  });

  it("an event that was put in, or appended with a hash that fits", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), (events, index) => {
        const target = at(events, index);
        const twice = [...events, ...events.slice(target, target + 1)];
        expect(check(twice)).toMatchObject({ sequence: target + 1, what: "link stands twice" });
        const entry = { type: "ReviewClaimed" as const, actor: software, summary: "forged", details: {} };
        const longer = [...events, append(caseId, headOf(events), entry, later(99))];
        expect(check(longer, theCase(events))).toMatchObject({
          sequence: events.length + 1,
          what: "longer than the case says",
        });
      }),
    );
  });

  it("two events that changed places", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), fc.nat(5), (events, one, other) => {
        const [a, b] = [at(events, one), at(events, other)].sort((x, y) => x - y) as [number, number];
        fc.pre(a !== b);
        const swapped = events.map((event, position) => {
          const from = position === a ? b : position === b ? a : position;
          return { ...(events[from] ?? event), sequence: position + 1 };
        });
        expect(check(swapped)).toMatchObject({ sequence: a + 1, what: "hash differs" });
      }),
    );
  });

  it("a chain that was written anew from some event on, by what was anchored of it", () => {
    fc.assert(
      fc.property(anyChain, (events) => {
        const forged = aChain(events.map(({ summary }) => `${summary}!`));
        const first = { ...headOf(events.slice(0, 1)), day: "2026-03-01" };
        const anchored = [{ ...headOf(events), day: "2026-03-02" }, first];
        expect(check(forged, { ...theCase(forged), anchored })).toEqual({
          caseId,
          sequence: 1,
          what: "not what was anchored",
          day: "2026-03-01",
        });
      }),
    );
  });
});

function rehashed({ hash: _, ...body }: LedgerEvent): LedgerEvent {
  const changed = { ...body, summary: `${body.summary}.` };
  return { ...changed, hash: hashOf(changed) };
}
