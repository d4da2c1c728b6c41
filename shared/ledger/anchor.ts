import * as z from "zod";
import { caseId } from "../contracts/identifiers.ts";
import { firstHash, hashOf } from "./chain.ts";

/** Where a case's chain stood: its last event. */
export const anchorHead = z.object({ caseId, sequence: z.int().positive(), hash: z.string().length(64) });
export type AnchorHead = z.infer<typeof anchorHead>;

/** Heads of all chains that moved on a day, kept where the ledger's writers cannot reach, and chained to the anchor before. */
export const anchor = z.object({
  /** `yyyy-mm-dd`, UTC. */
  day: z.iso.date(),
  /** By case id; one a case: its last event of that day. */
  heads: z.array(anchorHead),
  /** Hash of the anchor of the latest day before that has one; 64 zeros for the first. */
  previousAnchorHash: z.string().length(64),
  /** SHA-256 over the canonical JSON of everything above. */
  hash: z.string().length(64),
});
export type Anchor = z.infer<typeof anchor>;

export function anchorOf(day: string, heads: readonly AnchorHead[], previousAnchorHash: string): Anchor {
  const body = { day, heads: heads.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1)), previousAnchorHash };
  return { ...body, hash: hashOf(body) };
}

/** What the first anchor is chained to. */
export const noAnchorBefore = firstHash;

/** Does an anchor still say what it said when it was written? */
export const isUnaltered = ({ hash, ...body }: Anchor): boolean => hashOf(body) === hash;

/**
 * The heads of a day, of which some may be anchored already. An anchored head is never taken back: where the ledger now says
 * otherwise, what was anchored stays, and the case is named.
 */
export function mergeHeads(
  anchored: readonly AnchorHead[],
  found: readonly AnchorHead[],
): { readonly heads: readonly AnchorHead[]; readonly contradicted: readonly string[] } {
  const heads = new Map(anchored.map((head) => [head.caseId, head]));
  const contradicted: string[] = [];
  for (const head of found) {
    const before = heads.get(head.caseId);
    if (before && (before.sequence > head.sequence || (before.sequence === head.sequence && before.hash !== head.hash)))
      contradicted.push(head.caseId);
    else heads.set(head.caseId, head);
  }
  return { heads: [...heads.values()], contradicted };
}
