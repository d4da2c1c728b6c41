import fc from "fast-check";
import { append, firstHash, type LedgerHead } from "../../../shared/ledger/chain.ts";
import { type LedgerEvent, software } from "../../../shared/ledger/event.ts";
import { caseId, later } from "../case/builders.ts";

/** A whole chain of one case, an event a summary. */
export function aChain(summaries: readonly string[], of = caseId): LedgerEvent[] {
  let head: LedgerHead = { sequence: 0, hash: firstHash };
  return summaries.map((summary, index) => {
    const entry = { type: "ReviewClaimed" as const, actor: software, summary, details: { index } };
    const event = append(of, head, entry, later(index));
    head = { sequence: event.sequence, hash: event.hash };
    return event;
  });
}

export const anyChain = fc.array(fc.string(), { minLength: 2, maxLength: 6 }).map((summaries) => aChain(summaries));

export const headOf = (events: readonly LedgerEvent[]): LedgerHead => {
  const last = events.at(-1);
  return last ? { sequence: last.sequence, hash: last.hash } : { sequence: 0, hash: firstHash };
};
