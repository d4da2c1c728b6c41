import { supplierKey } from "../../../values/supplier-key.ts";
import type { Vendor } from "../lists/list-rows.ts";

/** Without spaces and points, in capitals. */
export const taxIdKey = (taxId: string): string => taxId.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** The vendor whose name or alias this is. */
export function vendorByName(name: string, vendors: readonly Vendor[]): Vendor | null {
  const key = supplierKey(name);
  return key === "" ? null : (vendors.find(({ keys }) => keys.includes(key)) ?? null);
}

/** The vendor with this tax id. */
export function vendorByTaxId(taxId: string, vendors: readonly Vendor[]): Vendor | null {
  const key = taxIdKey(taxId);
  return key === ""
    ? null
    : (vendors.find((vendor) => vendor.taxId !== null && taxIdKey(vendor.taxId) === key) ?? null);
}

/** Shortest key that is compared loosely: in shorter names two characters make another word. */
const minLooseCharacters = 7;

/** The vendor whose name is at most two characters away: a misreading, or somebody posing as the vendor. For a person to judge. */
export function vendorByLikeness(name: string, vendors: readonly Vendor[]): Vendor | null {
  const key = supplierKey(name);
  if (key.length < minLooseCharacters) return null;
  return (
    vendors.find(({ keys }) => keys.some((known) => known.length >= minLooseCharacters && isNear(key, known))) ?? null
  );
}

/** Whether two texts are at most two edits apart (Levenshtein, given up as soon as a row is past two). */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > 2) return false;
    row = next;
  }
  return (row[b.length] ?? 3) <= 2;
}

/**
 * The key under which a supplier's history is kept: the vendor's on the list where name or tax id tells it, so that all
 * spellings share one history, else the name's own. Null when there is no name.
 */
export function historyKey(
  name: string | null,
  taxId: string | null,
  vendors: readonly Vendor[] | null,
): string | null {
  const vendor = (name && vendorByName(name, vendors ?? [])) || (taxId && vendorByTaxId(taxId, vendors ?? [])) || null;
  return vendor?.keys[0] ?? (supplierKey(name ?? "") || null);
}
