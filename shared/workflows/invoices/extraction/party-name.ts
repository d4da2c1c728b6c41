import type { Candidate } from "./candidate.ts";
import { cleanName, nameLikeness } from "./company-name.ts";
import { plainText, type Span, textOf, wordsIn } from "./text-line.ts";

/** A name, and the line above it that it begins on, if it does. */
export interface NameSpan extends Span {
  readonly above?: Span;
}

/** Text beside a party's label is its name even when it does not look like one. */
const leastLikeness = 0.06;

/** A party's name where a label or a block says that one stands. */
export function partyName(span: NameSpan, strength: number): Candidate {
  const name = nameIn(span);
  const likeness = /\p{L}{3}/u.test(name) ? Math.max(leastLikeness, nameLikeness(name, plainText(name))) : 0;
  return { value: name, span, support: strength * likeness ** 0.5 };
}

export const nameIn = (span: NameSpan): string =>
  cleanName(span.above === undefined ? textOf(span) : `${textOf(span.above)} ${textOf(span)}`);

/** Mean certainty of the reader: one doubtful letter does not unmake a name, noise does. */
export function meanReading(span: NameSpan): number {
  const words = [...(span.above === undefined ? [] : wordsIn(span.above)), ...wordsIn(span)];
  return words.length === 0 ? 0 : words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
}
