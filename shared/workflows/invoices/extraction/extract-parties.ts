import { addressedParty } from "./addressed-party.ts";
import { type Candidate, confidenceOf, type FieldReading, nothingFound, rankValues } from "./candidate.ts";
import { comparableName } from "./company-name.ts";
import { letterheadNames } from "./letterhead.ts";
import { namedParty } from "./named-party.ts";
import type { PageReading } from "./page-reading.ts";
import type { PartySection } from "./party-sections.ts";

export interface Parties {
  readonly supplier: FieldReading;
  readonly buyer: FieldReading;
}

/** A buyer less sure than this may well be the supplier. */
const sureBuyer = 0.4;

/** Who sends the invoice and who is to pay it; one name is never both. */
export function extractParties(reading: PageReading, sectionOf: (line: number) => PartySection): Parties {
  const labelledBuyers = namedParty(reading, "buyer", sectionOf);
  const labelled = best(labelledBuyers);
  const isLabelledBuyer = ({ value }: Candidate) =>
    labelled.value !== null &&
    labelled.confidence >= sureBuyer &&
    comparableName(value) === comparableName(labelled.value);
  const suppliers = [...namedParty(reading, "supplier", sectionOf), ...letterheadNames(reading, sectionOf)];
  const supplier = best(suppliers.filter((candidate) => !isLabelledBuyer(candidate)));
  const isSupplier = ({ value }: Candidate) =>
    supplier.value !== null && comparableName(value) === comparableName(supplier.value);
  return {
    supplier,
    buyer: best([...labelledBuyers, ...addressedParty(reading)].filter((candidate) => !isSupplier(candidate))),
  };
}

function best(candidates: readonly Candidate[]): FieldReading {
  const [first, second] = rankValues(candidates.filter(({ value, support }) => value !== "" && support > 0.05));
  if (first === undefined) return nothingFound;
  const lead = Math.max(0, first.support - (second?.support ?? 0));
  return { value: first.value, confidence: confidenceOf({ ...first, lead, agrees: false }), evidence: first.evidence };
}
