import type { z } from "zod";
import type { listName } from "../../../shared/contracts/api.ts";
import { type CompanyId, companies } from "./company.ts";

type ListName = z.infer<typeof listName>;

/** Vendors on the list, with aliases and usual cost centre. Gullhaven and the café are left out on purpose. */
const listed: readonly (readonly [CompanyId, aliases: string, costCentre: string])[] = [
  ["nordlicht", "Nordlicht|Druckerei Nordlicht", "4200"],
  ["thistlecombe", "Thistlecombe", "4300"],
  ["varenne", "Varenne", "4200"],
  ["riojal", "Riojal", "4400"],
  ["calvessi", "Calvessi", "4400"],
  ["kestrelnode", "Kestrelnode", "4500"],
  ["tilsner", "Tilsner Gebäudereinigung", "4100"],
  ["marlowe", "Marlowe Finch", "4300"],
  ["windmolen", "Windmolenzicht", "4400"],
  ["praezisa", "Praezisa Feinmechanik", "4400"],
];

const orders: readonly (readonly [number: string, CompanyId, amount: string, status: string])[] = [
  ["PO-7718", "nordlicht", "3000.00", "open"],
  ["PO-7719", "nordlicht", "2500.00", "open"],
  ["PO-7731", "thistlecombe", "1200.00", "open"],
  ["PO-7744", "varenne", "3600.00", "open"],
  ["PO-7745", "varenne", "2500.00", "open"],
  ["PO-7752", "riojal", "2000.00", "open"],
  ["PO-7753", "riojal", "1500.00", "open"],
  ["PO-7759", "calvessi", "4000.00", "open"],
  ["PO-7760", "calvessi", "16000.00", "open"],
  ["PO-7702", "windmolen", "900.00", "closed"],
];

const costCentres: readonly (readonly [code: string, name: string, queue: string])[] = [
  ["4100", "Facilities", "invoices/facilities"],
  ["4200", "Marketing", "invoices/marketing"],
  ["4300", "Office and logistics", "invoices"],
  ["4400", "Production", "invoices/production"],
  ["4500", "IT", "invoices/it"],
];

const csv = (rows: readonly (readonly string[])[]) =>
  `${rows.map((row) => row.map((cell) => (/[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(";")).join("\r\n")}\r\n`;

/** The lists that fit the samples, as an owner would upload them. */
export function sampleLists(): Record<ListName, string> {
  return {
    vendors: csv([
      ["name", "aliases", "tax id", "ibans", "usual cost centre"],
      ...listed.map(([id, aliases, costCentre]) => [
        companies[id].name,
        aliases,
        companies[id].taxId,
        companies[id].iban,
        costCentre,
      ]),
    ]),
    "purchase-orders": csv([
      ["number", "vendor", "currency", "amount", "status"],
      ...orders.map(([number, id, amount, status]) => [
        number,
        companies[id].name,
        companies[id].currency,
        amount,
        status,
      ]),
    ]),
    "cost-centres": csv([["code", "name", "queue"], ...costCentres]),
  };
}
