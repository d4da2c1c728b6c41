import { type Anchor, type AnchorHead, anchorOf, isUnaltered, mergeHeads, noAnchorBefore } from "./anchor.ts";

/** Which chains moved when, answered without looking at all of them. */
export interface MovedChains {
  /** The last event of `day` (UTC, `yyyy-mm-dd`) of every chain that moved then. */
  headsOf(day: string): Promise<AnchorHead[]>;
}

/** An anchor as it was read; `version` tells whether somebody wrote it since. */
export interface StoredAnchor {
  readonly anchor: Anchor;
  readonly version: string;
}

/** One object a day. Nothing is ever deleted: a day that is written again keeps what stood there as an older version. */
export interface Anchors {
  /** Days that have an anchor, in order. */
  days(): Promise<string[]>;
  find(day: string): Promise<StoredAnchor | null>;
  /** @throws {AnchorChangedError} when the day's anchor is no longer `before`. */
  put(anchor: Anchor, before: StoredAnchor | null): Promise<void>;
}

/** Happens when two runs write one day's anchor at the same time. Retried: the later one adds to what the other wrote. */
export class AnchorChangedError extends Error {
  override readonly name = "AnchorChangedError";

  constructor(day: string) {
    super(`The anchor of ${day} was written by another run meanwhile. Run again; nothing is lost.`);
  }
}

/** Happens when ledger and anchors disagree: one of them was altered. Not retried; verify-ledger names the link. */
export class LedgerContradictedError extends Error {
  override readonly name = "LedgerContradictedError";

  constructor(problems: readonly string[]) {
    super(`${problems.slice(0, 20).join("; ")}. Run npm run verify-ledger, and keep all versions of the anchors.`);
  }
}

/** How far back a run looks for days that no run anchored. */
const catchUpDays = 31;
const dayMilliseconds = 24 * 60 * 60 * 1000;

export interface AnchorLedgerPorts {
  readonly chains: MovedChains;
  readonly anchors: Anchors;
  readonly now: () => Date;
}

/**
 * Anchors yesterday, today, and whatever days earlier runs missed. Safe to repeat at any time: what is anchored already is
 * written again only with more heads.
 * @throws {AnchorChangedError, LedgerContradictedError} the latter after all days were anchored.
 */
export async function anchorLedger({ chains, anchors, now }: AnchorLedgerPorts) {
  const known = await anchors.days();
  const days = daysToAnchor(known, now());
  const first = days[0] ?? dayOf(now());
  const before = known.filter((day) => day < first).at(-1);
  let previous = before === undefined ? noAnchorBefore : ((await anchors.find(before))?.anchor.hash ?? noAnchorBefore);
  const written: { day: string; heads: number }[] = [];
  const problems: string[] = [];
  for (const day of days) {
    const stored = await anchors.find(day);
    if (stored && !isUnaltered(stored.anchor)) {
      // Writing it again would give what was altered a hash that fits.
      problems.push(`The anchor of ${day} was altered`);
      previous = stored.anchor.hash;
      continue;
    }
    const { heads, contradicted } = mergeHeads(stored?.anchor.heads ?? [], await chains.headsOf(day));
    problems.push(...contradicted.map((caseId) => `The chain of ${caseId} is not what ${day} was anchored with`));
    if (heads.length === 0) continue;
    const anchor = anchorOf(day, heads, previous);
    previous = anchor.hash;
    if (stored?.anchor.hash === anchor.hash) continue;
    await anchors.put(anchor, stored);
    written.push({ day, heads: heads.length });
  }
  if (problems.length > 0) throw new LedgerContradictedError(problems);
  return { written };
}

/** From yesterday, or the latest day that was anchored before it, to today. */
function daysToAnchor(known: readonly string[], now: Date): string[] {
  const yesterday = dayOf(now, -1);
  const latest = known.at(-1);
  const from = latest !== undefined && latest < yesterday ? latest : yesterday;
  const lastDays = [...Array(catchUpDays + 1).keys()].map((index) => dayOf(now, index - catchUpDays));
  return lastDays.filter((day) => day >= from);
}

const dayOf = (now: Date, shiftDays = 0): string =>
  new Date(now.getTime() + shiftDays * dayMilliseconds).toISOString().slice(0, 10);
