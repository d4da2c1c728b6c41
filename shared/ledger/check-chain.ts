import { firstHash, hashOf, type LedgerHead } from "./chain.ts";
import { ledgerEvent } from "./event.ts";

/** What is wrong at the first link that does not hold. */
export type BreakKind =
  | "link missing"
  | "link stands twice"
  | "hash differs"
  | "previous hash differs"
  | "shorter than the case says"
  | "longer than the case says"
  | "not what the case says"
  | "shorter than its anchor"
  | "not what was anchored";

export interface Break {
  readonly caseId: string;
  /** Of the first event that is missing or not what it was. */
  readonly sequence: number;
  readonly what: BreakKind;
  /** Day of the anchor that disagrees. */
  readonly day?: string;
}

/** An event as it was found, before anybody judged whether it is one. */
export interface FoundEvent {
  readonly sequence: number;
  readonly event: Readonly<Record<string, unknown>>;
}

/** What other places say about a case's chain. */
export interface Witnesses {
  /**
   * The chain's end as the case's row has it. Between `earliest` and `latest` the chain may have moved, while it was read:
   * the same head twice says exactly where it ends. Null: nobody knows.
   */
  readonly earliest: LedgerHead | null;
  readonly latest: LedgerHead | null;
  readonly anchored: readonly (LedgerHead & { readonly day: string })[];
}

/** Members that the hash covers; whatever else storage keeps beside an event is not part of it. */
const hashed = Object.keys(ledgerEvent.shape).filter((member) => member !== "hash");

/**
 * The first link of a chain that does not hold, by itself or by what others say of it; null when all do. Judges what it finds
 * as it is: an event with a wrong member has a wrong hash.
 *
 * @param found - events of one case, in any order.
 */
export function checkChain(caseId: string, found: readonly FoundEvent[], witnesses: Witnesses): Break | null {
  const events = found.toSorted((a, b) => a.sequence - b.sequence);
  const hashes = new Map(events.map(({ sequence, event }) => [sequence, String(event.hash)]));
  const end = events.at(-1)?.sequence ?? 0;
  const breaks = [
    linkBroken(events),
    ...witnesses.anchored.map((head) => {
      if (head.sequence > end) return { sequence: end + 1, what: "shorter than its anchor" as const, day: head.day };
      if (hashes.get(head.sequence) === head.hash) return null;
      return { sequence: head.sequence, what: "not what was anchored" as const, day: head.day };
    }),
    caseDisagrees(end, hashes, witnesses),
  ].filter((one) => one !== null);
  const [first] = breaks.sort((a, b) => a.sequence - b.sequence);
  return first ? { caseId, ...first } : null;
}

type Found = Omit<Break, "caseId"> | null;

function linkBroken(events: readonly FoundEvent[]): Found {
  let head: LedgerHead = { sequence: 0, hash: firstHash };
  for (const { sequence, event } of events) {
    if (sequence === head.sequence) return { sequence, what: "link stands twice" };
    if (sequence !== head.sequence + 1) return { sequence: head.sequence + 1, what: "link missing" };
    const body = Object.fromEntries(hashed.map((member) => [member, event[member]]));
    if (hashOf(body) !== event.hash) return { sequence, what: "hash differs" };
    if (event.previousHash !== head.hash) return { sequence, what: "previous hash differs" };
    head = { sequence, hash: String(event.hash) };
  }
  return null;
}

function caseDisagrees(
  end: number,
  hashes: ReadonlyMap<number, string>,
  { earliest, latest }: Pick<Witnesses, "earliest" | "latest">,
): Found {
  if (earliest && earliest.sequence > end) return { sequence: end + 1, what: "shorter than the case says" };
  for (const head of [earliest, latest]) {
    const known = head && hashes.get(head.sequence);
    if (head && known !== undefined && known !== head.hash)
      return { sequence: head.sequence, what: "not what the case says" };
  }
  if (latest && latest.sequence < end) return { sequence: latest.sequence + 1, what: "longer than the case says" };
  return null;
}
