import type { TriggerKind } from "../../../shared/contracts/disposition.ts";
import type { InvoiceSignal } from "../../../shared/contracts/invoice-signals.ts";

/**
 * What becomes of a sample under the policy as shipped, with the sample lists uploaded: it passes alone, or goes to a person for
 * at least the kinds of reason and with at least the signals named.
 */
export type SampleExpectation =
  | { readonly passes: true }
  | { readonly passes: false; readonly kinds: readonly TriggerKind[]; readonly signals: readonly InvoiceSignal[] };

const passes: SampleExpectation = { passes: true };
const waits = (kinds: readonly TriggerKind[], signals: readonly InvoiceSignal[]): SampleExpectation => ({
  passes: false,
  kinds,
  signals,
});

/** By file name. The copy needs its original to have been proposed before it. */
export const sampleExpectations: Readonly<Record<string, SampleExpectation>> = {
  "nordlicht-druck-1184.pdf": passes,
  "thistlecombe-20418.pdf": passes,
  "ateliers-varenne-0317.pdf": passes,
  "cartonajes-riojal-0942.pdf": passes,
  "officine-calvessi-558.pdf": passes,
  "kestrelnode-88213.pdf": passes,
  "windmolenzicht-26041.pdf": passes,
  "tilsner-reinigung-2291.jpg": passes,
  "marlowe-finch-604172.pdf": passes,
  "tilsner-reinigung-2307-fax.jpg": waits(["confidence"], []),
  "praezisa-4471-chf.pdf": waits(["policy"], []),
  "gullhaven-10093.pdf": waits(["policy"], ["supplierUnknown"]),
  "cafe-lindholt-receipt.jpg": waits(["policy"], ["supplierUnknown"]),
  "nordlicht-druck-1209.pdf": waits(["data-quality"], ["totalsDoNotAddUp"]),
  "ateliers-varenne-0331.pdf": waits(["data-quality"], ["pageContradictsXml"]),
  "nordlicht-druck-1184-copy.pdf": waits(["impact"], ["duplicateSuspected"]),
  "officine-calvessi-571.pdf": waits(["impact"], []),
  "cartonajes-riojal-0967.pdf": waits(["impact"], ["bankAccountNew"]),
};
