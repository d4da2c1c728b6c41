import { caseIdOfDrop } from "../../shared/case/case-id.ts";
import type { DecisionRecord } from "../../shared/contracts/decision.ts";
import type { Document } from "./documents.ts";
import type { Actor } from "./people.ts";

/** An answer that somebody sent, and what came of it. */
export interface SentAnswer {
  readonly reviewId: string;
  readonly by: Actor;
  /** What the API answered; 0: nothing, the machine died over it. */
  readonly status: number;
  readonly problem: string | null;
  /** As the API says that it was stored. */
  readonly stored: DecisionRecord | null;
  /** It was given blind, and is kept. */
  readonly unmasked: boolean;
}

/** Something else that somebody asked for and got: HTTP 2xx. */
export interface Done {
  readonly what: "withdraw" | "message" | "reopen";
  readonly caseId: string;
  readonly by: Actor;
}

/** A document that somebody put into the intake bucket. */
export interface Drop {
  readonly key: string;
  readonly sizeBytes: number;
  /** By S3's answer; null where the machine died before it gave one, so that the document is there or not. */
  versionId: string | null;
  readonly submitter: string | null;
  /** SHA-256 of its body, hex. */
  readonly hash: string;
}

/** An object that was written to the outcomes. */
export interface WrittenOutcome {
  readonly key: string;
  readonly body: string;
}

/** What one schedule did and saw: the other side of every invariant. */
export class World {
  readonly documents: readonly Document[];
  readonly answers: SentAnswer[] = [];
  readonly outcomesWritten: WrittenOutcome[] = [];
  readonly done: Done[] = [];
  /** What the histories of all cases hold in the end, by type of event: tells that a schedule reached what it is to try. */
  events: Readonly<Record<string, number>> = {};
  /** By task token: the `case` execution in which it was given out. */
  readonly executionOf = new Map<string, string>();
  /** An owner was told that the workflow is stopped, and nobody has asked for it to go on since. */
  stopped = false;
  /** Signatures under way, of which nobody knows whether they count already. */
  signing = 0;
  /** By invocation: was the workflow stopped when it read the policy? */
  readonly readWhileStopped = new Map<string, boolean>();
  /** What must never be seen, seen while the schedule ran. */
  readonly violations: string[] = [];
  /** What happened, in order: printed when the seed fails. */
  readonly trace: string[] = [];
  readonly #labels = new Map<string, string>();
  readonly #now: () => number;
  readonly #start: number;
  readonly drops: Drop[] = [];

  constructor(documents: readonly Document[], now: () => number) {
    this.documents = documents;
    this.#now = now;
    this.#start = now();
  }

  note(text: string): void {
    this.trace.push(`${String(Math.round((this.#now() - this.#start) / 1000)).padStart(7)} s  ${text}`);
  }

  violated(text: string): void {
    this.violations.push(text);
    this.note(`VIOLATED: ${text}`);
  }

  /** Names what a key or a case's id stands for, the same each time that the seed is played. */
  label(text: string, label: string): void {
    this.#labels.set(text, label);
  }

  /** Gives the case of a drop its label. */
  nameCase(bucket: string, { key, versionId }: Drop): void {
    const number = this.drops.findIndex((one) => one.key === key && one.versionId === versionId) + 1;
    if (versionId !== null) this.label(caseIdOfDrop(bucket, key, versionId), `case ${number}`);
  }

  /** Ids under which the drop's document may have become a case: its own, or the one that was announced. */
  caseIdsOf(bucket: string, { key, versionId }: Drop): string[] {
    const announced = key.split("/api/")[1];
    return [...(announced ? [announced] : []), ...(versionId ? [caseIdOfDrop(bucket, key, versionId)] : [])];
  }

  labelOf(text: string): string {
    for (const [known, label] of this.#labels) if (text.includes(known)) return label;
    return "-";
  }

  /** A text with every id in it replaced by its label. */
  readable(text: string): string {
    let readable = text;
    for (const [known, label] of this.#labels) readable = readable.replaceAll(known, `<${label}>`);
    return readable;
  }
}
