import { toNearestMinor } from "../../../values/amount.ts";
import { isCurrency } from "../../../values/currency.ts";
import { parseIban } from "../../../values/iban.ts";
import { simplified } from "../../../values/supplier-key.ts";
import { costCentreKey } from "../lists/cost-centres.ts";
import type { ItemHistory, SupplierProfile } from "./history.ts";

/** Bounds of a profile: with keys of at most 84 characters it stays below 20 KB. */
export const profileLimits = { items: 100, layouts: 10, ibans: 10, costCentres: 50 } as const;
const maxKeyCharacters = 80;

/** The final values of a case whose invoice is to be paid, and the layout it was read from (null when no software read it). */
export interface LearnedInvoice {
  readonly fields: Readonly<Record<string, string | null>>;
  readonly lines: readonly Readonly<Record<string, string | null>>[];
  readonly layout: string | null;
}

/** The profile with one more invoice. Not idempotent: the caller sees to it that a case is learned once. */
export function learnInvoice(
  profile: SupplierProfile | null,
  { fields, lines, layout }: LearnedInvoice,
): SupplierProfile {
  const before = profile ?? { ibans: [], layouts: [], costCentres: {}, items: {}, invoices: 0 };
  const iban = parseIban(fields.iban ?? "");
  const costCentre = costCentreKey(fields.costCentre ?? "").slice(0, maxKeyCharacters);
  return {
    ibans: latest(before.ibans, iban, profileLimits.ibans),
    layouts: latest(before.layouts, layout, profileLimits.layouts),
    costCentres: costCentre === "" ? before.costCentres : countOne(before.costCentres, costCentre),
    items: lines.reduce((items, line) => learnItem(items, line, fields.currency ?? ""), before.items),
    invoices: before.invoices + 1,
  };
}

const periodWords =
  /\b(?:jan(?:uary|uar|vier|uari|eiro)?|enero|gennaio|feb(?:ruary|ruar|rero|braio|ruari)?|fevrier|mar(?:ch|zo|s)?|maerz|marz|maart|apr(?:il|ile)?|avril|abril|may|mai|mayo|maggio|mei|june?|juni|juin|junio|giugno|july?|juli|juillet|julio|luglio|aug(?:ust|ustus)?|aout|agosto|sep(?:tember|tembre|tiembre)?|septembre|settembre|oct(?:ober|obre)?|okt(?:ober)?|octobre|ottobre|nov(?:ember|embre|iembre)?|dez(?:ember)?|dec(?:ember|embre)?|diciembre|dicembre|q[1-4]|kw|(?:19|20)\d\d)\b/g;
const dates = /\b\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\b/g;

/**
 * What an item is remembered by: currency and description without case, accents and the period it is for, so that
 * "Miete März 2026" and "Miete April 2026" are one item. Null when nothing is left.
 */
export function itemKey(description: string, currency: string): string | null {
  const name = simplified(simplified(description.replace(dates, " ")).replace(periodWords, " "));
  return name === "" || !isCurrency(currency) ? null : `${currency} ${name}`.slice(0, maxKeyCharacters);
}

type Items = SupplierProfile["items"];

function learnItem(items: Items, line: Readonly<Record<string, string | null>>, currency: string): Items {
  const key = itemKey(line.description ?? "", currency);
  if (key === null) return items;
  const price = toNearestMinor(line.unitPrice ?? "", currency);
  const before = ownValue(items, key);
  const prices = [before?.minUnitPriceMinor, before?.maxUnitPriceMinor, price].filter((known) => known != null);
  const learned: ItemHistory = {
    count: (before?.count ?? 0) + 1,
    minUnitPriceMinor: prices.length > 0 ? Math.min(...prices) : null,
    maxUnitPriceMinor: prices.length > 0 ? Math.max(...prices) : null,
  };
  return bounded({ ...items, [key]: learned }, key, ({ count }) => count, profileLimits.items);
}

const countOne = (counts: Readonly<Record<string, number>>, key: string) =>
  bounded({ ...counts, [key]: (ownValue(counts, key) ?? 0) + 1 }, key, (count) => count, profileLimits.costCentres);

/** Above the limit the rarest entry gives way, never the one just learned: a new habit must be able to start. */
function bounded<V>(
  record: Record<string, V>,
  learned: string,
  countOf: (value: V) => number,
  most: number,
): Record<string, V> {
  const entries = Object.entries(record);
  if (entries.length <= most) return record;
  const [rarest] = entries.filter(([key]) => key !== learned).sort(([, a], [, b]) => countOf(a) - countOf(b));
  return Object.fromEntries(entries.filter(([key]) => key !== rarest?.[0]));
}

const latest = (known: readonly string[], value: string | null, most: number): string[] =>
  value === null || value === "" ? [...known] : [...known.filter((other) => other !== value), value].slice(-most);

/** A document may hold an item or a cost centre called "constructor". */
export const ownValue = <V>(record: Readonly<Record<string, V>>, key: string): V | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
