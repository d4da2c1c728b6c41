import { parseIban } from "../../../values/iban.ts";
import { quoted } from "../../../values/plain-text.ts";
import { supplierKey } from "../../../values/supplier-key.ts";
import { readTable } from "./csv-table.ts";
import type { Vendor } from "./list-rows.ts";

/**
 * Columns of vendors.csv. `aliases` and `ibans` hold several values with "|" between them:
 *
 *     name;aliases;tax id;ibans;usual cost centre
 *     Nordlicht Druck GmbH;Nordlicht|Druckerei Nordlicht;DE811907980;DE89 3704 0044 0532 0130 00;4200
 */
const columns = {
  name: { required: true },
  aliases: { required: false },
  "tax id": { required: false },
  ibans: { required: false },
  "usual cost centre": { required: false },
};

const several = (cell: string, separator: RegExp) =>
  cell
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** @throws {ListInvalidError} */
export function parseVendors(csv: string): Vendor[] {
  const seen = new Map<string, number>();
  return readTable("vendors", csv, columns, ({ line, cells }, report) => {
    const aliases = several(cells.aliases, /\|/);
    const ibans = several(cells.ibans, /[|,;]/).map((text) => {
      const iban = parseIban(text);
      if (iban === null) report("ibans", `${quoted(text)} is not an IBAN (country, length or check digits are wrong)`);
      return iban ?? "";
    });
    const [key, ...aliasKeys] = [cells.name, ...aliases].map(supplierKey);
    if (key === undefined) return null;
    for (const [index, own] of [key, ...aliasKeys].entries()) {
      const column = index === 0 ? "name" : "aliases";
      const earlier = seen.get(own);
      if (own === "") report(column, "holds a name without a letter or digit");
      else if (earlier === undefined) seen.set(own, line);
      else if (earlier !== line)
        report(
          column,
          `${quoted(index === 0 ? cells.name : (aliases[index - 1] ?? ""))} is the same name as on line ${earlier}`,
        );
    }
    return {
      name: cells.name,
      aliases,
      taxId: cells["tax id"] || null,
      ibans: [...new Set(ibans)],
      usualCostCentre: cells["usual cost centre"] || null,
      keys: [key, ...aliasKeys],
    };
  });
}
