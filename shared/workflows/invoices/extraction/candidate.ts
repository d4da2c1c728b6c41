import type { Evidence } from "../../../contracts/document.ts";
import { evidenceOf, readingConfidence, type Span } from "./text-line.ts";

/** A value that a field may have, at one place. `support` in (0, 1]: how much speaks for it before others are looked at. */
export interface Candidate {
  readonly value: string;
  readonly span: Span;
  readonly support: number;
}

/** A value with everything that speaks for it. */
export interface RankedValue {
  readonly value: string;
  readonly support: number;
  /** The best reading among its places, in [0, 1]. */
  readonly reading: number;
  readonly evidence: readonly Evidence[];
}

/** What a field came to, and how sure. */
export interface FieldReading {
  readonly value: string | null;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  readonly suggestion?: { readonly value: string; readonly because: string };
}

export const nothingFound: FieldReading = { value: null, confidence: 0, evidence: [] };

/** A second place that says the same adds a tenth. */
const supportPerFurtherPlace = 0.1;
const mostEvidence = 4;

/** Groups candidates by value, best supported first; equals stay in document order. */
export function rankValues(candidates: readonly Candidate[]): RankedValue[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.value);
    if (group === undefined) groups.set(candidate.value, [candidate]);
    else group.push(candidate);
  }
  return [...groups]
    .map(([value, group]) => {
      const best = [...group].sort((a, b) => b.support - a.support);
      const lines = new Set(group.map(({ span }) => span.line.index));
      return {
        value,
        support: Math.min(1, (best[0]?.support ?? 0) + supportPerFurtherPlace * (lines.size - 1)),
        reading: Math.max(...group.map(({ span }) => readingConfidence(span))),
        evidence: best.slice(0, mostEvidence).map(({ span }) => evidenceOf(span)),
      };
    })
    .sort((a, b) => b.support - a.support);
}

/**
 * Confidence in [0, 1) of the best value: how telling its label is, how well it was read, how far behind the next value is, and
 * whether something independent agrees (arithmetic, a check digit, a second source). Weights were set so that on the measuring
 * sets right values stand above wrong ones (`tests/bench/extraction.ts`); nothing reaches 0.95 on a label alone.
 */
export function confidenceOf({
  support,
  reading,
  lead,
  agrees,
}: {
  support: number;
  reading: number;
  lead: number;
  agrees: boolean;
}): number {
  const alone = 0.94 * support ** 0.8 * (0.3 + 0.7 * reading) * (0.7 + 0.3 * Math.min(1, lead / 0.4));
  const confidence = agrees ? 1 - (1 - alone) * 0.2 : alone;
  return Math.round(Math.min(0.99, confidence) * 1_000) / 1_000;
}

export function bestReading(
  ranked: readonly RankedValue[],
  agrees: (value: string) => boolean = () => false,
): FieldReading {
  const [best, second] = ranked;
  if (best === undefined) return nothingFound;
  const lead = best.support - (second?.support ?? 0);
  return {
    value: best.value,
    confidence: confidenceOf({ support: best.support, reading: best.reading, lead, agrees: agrees(best.value) }),
    evidence: best.evidence,
  };
}
