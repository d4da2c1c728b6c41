import { createHash } from "node:crypto";
import type { Entry, LedgerEvent } from "./event.ts";

export const firstHash = "0".repeat(64);

/** The last event of a case's chain; what the next one is hashed onto. */
export interface LedgerHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Gives an entry its place: number, time, and a hash that depends on all events before it. */
export function append(caseId: string, head: LedgerHead, entry: Entry, at: Date): LedgerEvent {
  const body = { caseId, sequence: head.sequence + 1, at: at.toISOString(), ...entry, previousHash: head.hash };
  return { ...body, hash: hashOf(body) };
}

/**
 * Number of the first event that does not fit, or null when the chain is whole. Events in order of their sequence.
 *
 * @param last - the head that the case's row holds; without it, events taken off the end go unnoticed.
 */
export function firstBroken(events: readonly LedgerEvent[], last?: LedgerHead): number | null {
  let head: LedgerHead = { sequence: 0, hash: firstHash };
  for (const { hash, ...body } of events) {
    const fits = body.sequence === head.sequence + 1 && body.previousHash === head.hash && hashOf(body) === hash;
    if (!fits) return body.sequence;
    head = { sequence: body.sequence, hash };
  }
  if (last && (last.sequence !== head.sequence || last.hash !== head.hash)) return head.sequence + 1;
  return null;
}

/** SHA-256, hex, of what an event vouches for without holding it: a proposal, a decision's values, an outcome. */
export const hashOf = (value: unknown): string => createHash("sha256").update(canonicalJson(value)).digest("hex");

/** JSON with sorted keys and no spaces, so that equal values give equal bytes. @see RFC 8785, for the values that events hold */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
}
