import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  append,
  canonicalJson,
  firstBroken,
  firstHash,
  hashOf,
  type LedgerHead,
} from "../../../shared/ledger/chain.ts";
import { type LedgerEvent, ledgerEvent, software } from "../../../shared/ledger/event.ts";
import { caseId, later } from "../case/builders.ts";

const aChain = (summaries: readonly string[], details: unknown[] = []): LedgerEvent[] => {
  let head: LedgerHead = { sequence: 0, hash: firstHash };
  return summaries.map((summary, index) => {
    const entry = {
      type: "ReviewClaimed" as const,
      actor: software,
      summary,
      details: ledgerEvent.shape.details.parse({ noted: details[index] ?? null }),
    };
    const event = append(caseId, head, entry, later(index));
    head = { sequence: event.sequence, hash: event.hash };
    return event;
  });
};
const anyChain = fc.array(fc.tuple(fc.string(), fc.jsonValue()), { minLength: 2, maxLength: 6 }).map((entries) =>
  aChain(
    entries.map(([summary]) => summary),
    entries.map(([, value]) => value),
  ),
);
const headOf = (events: readonly LedgerEvent[]): LedgerHead => {
  const last = events.at(-1);
  return last ? { sequence: last.sequence, hash: last.hash } : { sequence: 0, hash: firstHash };
};

describe("a case's chain of events", () => {
  it("is whole as it was written, and after a round through storage", () => {
    fc.assert(
      fc.property(anyChain, (events) => {
        expect(firstBroken(events, headOf(events))).toBeNull();
        const stored = events.map((event) => ledgerEvent.parse(JSON.parse(JSON.stringify(event))));
        expect(firstBroken(stored, headOf(events))).toBeNull();
      }),
    );
  });

  it("shows any change of any member of any event", () => {
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
      (event) => ({ ...event, sequence: event.sequence + 1 }),
    ];
    fc.assert(
      fc.property(anyChain, fc.nat(5), fc.constantFrom(...changes), (events, at, change) => {
        const index = at % events.length;
        const forged = events.map((event, position) => (position === index ? change(event) : event));
        expect(firstBroken(forged, headOf(events))).not.toBeNull();
      }),
    );
  });

  it("shows an event that was taken out, also the last one, and all of them", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), (events, at) => {
        const without = events.filter((_, position) => position !== at % events.length);
        expect(firstBroken(without, headOf(events))).not.toBeNull();
        expect(firstBroken([], headOf(events))).toBe(1);
      }),
    );
  });

  it("shows two events that changed places, and one that stands twice", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(5), fc.nat(5), (events, one, other) => {
        const [a, b] = [one % events.length, other % events.length];
        fc.pre(a !== b);
        const swapped = events.map(
          (event, position) => events[position === a ? b : position === b ? a : position] ?? event,
        );
        expect(firstBroken(swapped, headOf(events))).not.toBeNull();
        expect(firstBroken([...events, ...events.slice(-1)], headOf(events))).not.toBeNull();
      }),
    );
  });

  it("says where it breaks", () => {
    const events = aChain(["one", "two", "three"]).map((event) =>
      event.sequence === 2 ? { ...event, summary: "forged" } : event,
    );
    expect(firstBroken(events)).toBe(2);
  });
});

describe("canonical JSON", () => {
  it("is the same for equal values, in whatever order their members were written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("leaves out what is undefined, as storage does", () => {
    expect(canonicalJson({ b: undefined, a: [1, "é", null] })).toBe('{"a":[1,"é",null]}');
    expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }));
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
