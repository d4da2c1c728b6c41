import { type Candidate, type FieldReading, nothingFound, rankValues } from "./candidate.ts";
import { findIbans, findVatNumbers, type Identifier, identifierConfidence, repairedIban } from "./identifiers.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";
import type { PartySection } from "./party-sections.ts";
import { evidenceOf } from "./text-line.ts";

/** Words before a tax number that make it the buyer's. */
const buyersOwn =
  /\b(?:uw|your|ihre?|votre|su|vostra|sua|customer'?s?|client|kunden?|klant|buyer'?s?)\b[^:]{0,25}:?\s*$/;

/** The supplier's tax number: by the countries' patterns, else what a label names. */
export function extractTaxId(
  reading: PageReading,
  sectionOf: (line: number) => PartySection,
  labelled: readonly Candidate[],
): FieldReading {
  const vat = reading.lines
    .flatMap(findVatNumbers)
    .filter(
      (found) => sectionOf(found.line.index) !== "buyer" && !buyersOwn.test(found.line.plain.slice(0, found.start)),
    );
  const vatLabels = labelsOf(reading, "taxId");
  const candidates: Candidate[] = vat.map((found) => ({
    value: found.value,
    span: found,
    support: vatLabels.some(({ line, end }) => line.index === found.line.index && end <= found.start) ? 1 : 0.75,
  }));
  const own = labelled.filter(
    ({ span }) => sectionOf(span.line.index) !== "buyer" && !buyersOwn.test(span.line.plain.slice(0, span.start)),
  );
  const [best, second] = rankValues(
    candidates.length > 0 ? candidates : own.map((candidate) => ({ ...candidate, support: candidate.support * 0.8 })),
  );
  if (best === undefined) return nothingFound;
  const confidence = 0.95 * best.support * (0.4 + 0.6 * best.reading) * (second === undefined ? 1 : 0.75);
  return { value: best.value, confidence, evidence: best.evidence };
}

/** The account to pay to. A wrong check digit keeps the value, as printed, at a confidence that passes nothing. */
export function extractIban(reading: PageReading): FieldReading {
  const found = reading.lines.flatMap(findIbans);
  const valid = found.filter((iban) => iban.valid);
  const chosen: Identifier | undefined = valid[0] ?? found[0];
  if (chosen === undefined) return nothingFound;
  const same = found.filter(({ value }) => value === chosen.value);
  const others = new Set((valid.length > 0 ? valid : found).map(({ value }) => value)).size - 1;
  const evidence = same.slice(0, 4).map(evidenceOf);
  const confidence = 0.98 * identifierConfidence(chosen) * (others === 0 ? 1 : 0.6);
  if (chosen.valid) return { value: chosen.value, confidence, evidence };
  const repaired = repairedIban(chosen.value);
  const doubted: FieldReading = { value: chosen.value, confidence: Math.min(confidence, 0.3), evidence };
  if (repaired === null) return doubted;
  return {
    ...doubted,
    suggestion: {
      value: repaired,
      because: "the check digits of this one are right, and it differs by one character or a swapped pair",
    },
  };
}
