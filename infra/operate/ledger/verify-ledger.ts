import * as z from "zod";
import { anchor, isUnaltered, noAnchorBefore } from "../../../shared/ledger/anchor.ts";
import type { LedgerHead } from "../../../shared/ledger/chain.ts";
import { type Break, checkChain, type FoundEvent } from "../../../shared/ledger/check-chain.ts";
import type { LedgerSource } from "./ledger-source.ts";
import { openShards, type Shards } from "./shards.ts";

export interface Verified {
  readonly events: number;
  readonly chains: number;
  /** Chains that no case's row vouches for: rows go when a case's retention ends, and some exports have none. */
  readonly chainsWithoutCase: number;
  readonly anchors: number;
  /** Everything that does not hold, a sentence each. */
  readonly problems: readonly string[];
}

const placed = z.looseObject({ caseId: z.string(), sequence: z.int().positive() });

const line = z.union([
  z.object({ event: placed }),
  z.object({ head: z.object({ caseId: z.string(), sequence: z.int(), hash: z.string(), pass: z.literal([1, 2]) }) }),
  z.object({ anchored: z.object({ caseId: z.string(), sequence: z.int(), hash: z.string(), day: z.string() }) }),
]);

interface Chain {
  readonly events: FoundEvent[];
  readonly anchored: (LedgerHead & { day: string })[];
  before: LedgerHead | null;
  after: LedgerHead | null;
}

/**
 * Checks every chain from its first event, against its case's row and against the anchors, and the anchors against each
 * other. Of each chain that does not hold, the first broken link is named.
 */
export async function verifyLedger(source: LedgerSource): Promise<Verified> {
  const shards = openShards();
  try {
    const problems: string[] = [];
    const anchors = await readAnchors(source, shards, problems);
    const { events, passes } = await readRecords(source, shards, problems);
    let chains = 0;
    let chainsWithoutCase = 0;
    for (const lines of shards.read()) {
      for (const [caseId, chain] of chainsOf(lines)) {
        if (chain.events.length > 0) chains += 1;
        if (!chain.before && !chain.after) chainsWithoutCase += 1;
        const found = checkChain(caseId, chain.events, { ...ends(chain, passes), anchored: chain.anchored });
        if (found) problems.push(sentence(found));
      }
    }
    return { events, chains, chainsWithoutCase, anchors, problems };
  } finally {
    shards.close();
  }
}

/** Days in order; each anchor is chained to the one before. */
async function readAnchors(source: LedgerSource, shards: Shards, problems: string[]): Promise<number> {
  let previous: string | null = noAnchorBefore;
  let count = 0;
  for await (const { name, content } of source.anchors()) {
    count += 1;
    const parsed = anchor.safeParse(content);
    if (!parsed.success || !isUnaltered(parsed.data)) {
      problems.push(`Anchor ${name}: altered (its hash does not fit what it holds)`);
      previous = null;
      continue;
    }
    const { day, heads, hash, previousAnchorHash } = parsed.data;
    if (previous !== null && previousAnchorHash !== previous)
      problems.push(`Anchor ${name}: an anchor before it is missing or was altered`);
    previous = hash;
    for (const head of heads) shards.add(head.caseId, { anchored: { ...head, day } });
  }
  return count;
}

async function readRecords(source: LedgerSource, shards: Shards, problems: string[]) {
  let events = 0;
  let passes = 1;
  for await (const record of source.records()) {
    if (record.kind === "head") {
      passes = Math.max(passes, record.pass);
      const { caseId, sequence, hash, pass } = record;
      shards.add(caseId, { head: { caseId, sequence, hash, pass } });
      continue;
    }
    events += 1;
    const found = placed.safeParse(record.event);
    if (found.success) shards.add(found.data.caseId, { event: found.data });
    else
      problems.push(
        `Case ${String(record.event.caseId)}, event ${String(record.event.sequence)}: has no place in a chain`,
      );
  }
  return { events, passes };
}

function chainsOf(lines: readonly unknown[]): ReadonlyMap<string, Chain> {
  const chains = new Map<string, Chain>();
  const chainOf = (caseId: string): Chain => {
    const chain = chains.get(caseId) ?? { events: [], anchored: [], before: null, after: null };
    chains.set(caseId, chain);
    return chain;
  };
  for (const one of lines) {
    const read = line.parse(one);
    if ("event" in read) chainOf(read.event.caseId).events.push({ sequence: read.event.sequence, event: read.event });
    else if ("anchored" in read) chainOf(read.anchored.caseId).anchored.push(read.anchored);
    else chainOf(read.head.caseId)[read.head.pass === 1 ? "before" : "after"] = read.head;
  }
  return chains;
}

/** Read in one pass, the case says exactly where its chain ends; in two, it may have moved in between, been opened, or gone. */
const ends = ({ before, after }: Chain, passes: number) => ({
  earliest: before,
  latest: passes === 1 ? before : after,
});

function sentence({ caseId, sequence, what, day }: Break): string {
  return `Case ${caseId}, event ${sequence}: ${what}${day === undefined ? "" : ` (of ${day})`}`;
}
