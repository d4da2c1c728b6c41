import { queue } from "../../../contracts/identifiers.ts";
import { plainText, quoted } from "../../../values/plain-text.ts";
import { readTable } from "./csv-table.ts";
import type { CostCentre } from "./list-rows.ts";

/** Codes are compared without case and spaces: "kst 4200" is "KST4200". */
export const costCentreKey = (code: string): string => code.normalize("NFKC").toUpperCase().replace(/\s+/g, "");

/**
 * Columns of cost-centres.csv. `queue` is where the department's invoices are reviewed:
 *
 *     code;name;queue
 *     4200;Marketing;invoices/marketing
 */
const columns = { code: { required: true }, name: { required: true }, queue: { required: true } };

/** @throws {ListInvalidError} */
export function parseCostCentres(csv: string): CostCentre[] {
  const seen = new Map<string, number>();
  return readTable("cost-centres", csv, columns, ({ line, cells }, report) => {
    const key = costCentreKey(cells.code);
    const earlier = seen.get(key);
    if (earlier !== undefined) report("code", `${quoted(cells.code)} is the same code as on line ${earlier}`);
    else seen.set(key, line);
    const isOurs = queue.safeParse(cells.queue).success && /^invoices(\/|$)/.test(cells.queue);
    if (!isOurs)
      report(
        "queue",
        `${quoted(cells.queue)} is not a queue such as invoices/marketing (small letters, digits, hyphens)`,
      );
    return { code: plainText(cells.code), name: plainText(cells.name), queue: cells.queue, key };
  });
}
