import type { FieldDescriptor } from "../../../shared/contracts/api.ts";
import { readDecimal, showDecimal } from "./decimal.ts";
import { isIban } from "./iban.ts";

type Format = FieldDescriptor["format"];
/** A typed value in its canonical form (null: left empty), or what is wrong with it, to follow the field's name. */
export type Reading = { readonly value: string | null } | { readonly problem: string };

const currencies = new Set(Intl.supportedValuesOf("currency"));
/** The longest value that a decision may hold, in characters (shared/contracts/decision.ts). */
const maxCharacters = 1_000;

/** Reads what was typed by the rule of its field. The server judges again. */
export function readValue(format: Format, text: string): Reading {
  const typed = text.trim();
  if (typed === "") return { value: null };
  if (typed.length > maxCharacters) return { problem: `is longer than ${maxCharacters} characters` };
  switch (format) {
    case "amount":
    case "number":
      return readDecimal(typed);
    case "date":
      return readDate(typed);
    case "currency": {
      const code = typed.toUpperCase();
      return currencies.has(code) ? { value: code } : { problem: "is not a currency code such as EUR" };
    }
    case "iban": {
      const number = typed.replace(/[\s-]/g, "").toUpperCase();
      return isIban(number) ? { value: number } : { problem: "has a wrong digit: its check sum does not fit" };
    }
    case "text":
      return { value: typed };
  }
}

/** ISO 8601, or day.month.year; dates with slashes differ between countries and are refused. */
function readDate(typed: string): Reading {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(typed);
  const iso = dotted === null ? typed : `${dotted[3]}-${dotted[2]?.padStart(2, "0")}-${dotted[1]?.padStart(2, "0")}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return { problem: "is not a date. Write it as 2026-11-14" };
  const date = new Date(`${iso}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return exists ? { value: iso } : { problem: "is a day that does not exist" };
}

/** A canonical value as it is shown in its field. What does not fit its format is shown as it came. */
export function showValue(format: Format, canonical: string | null): string {
  if (canonical === null) return "";
  if (format === "amount" || format === "number") return showDecimal(canonical);
  if (format === "iban" && isIban(canonical)) return canonical.replace(/.{4}(?=.)/g, "$& ");
  return canonical;
}
