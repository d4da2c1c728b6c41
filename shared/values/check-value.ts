import type { fieldFormats } from "../contracts/invoice.ts";
import { canonicalNumber } from "./amount.ts";
import { isCurrency } from "./currency.ts";
import { dayNumber } from "./date.ts";
import { parseIban } from "./iban.ts";

export type ValueFormat = (typeof fieldFormats)[keyof typeof fieldFormats];

/** The canonical value, or what is wrong with the text: one sentence that says what is allowed. */
export type CheckedValue = { readonly value: string } | { readonly problem: string };

/** Longest text value, in characters; an invoice's longest line descriptions have some 400. */
const maxTextCharacters = 1_000;

/** What may be typed for each format, for the page and for error messages. */
export const allowedValues: Record<ValueFormat, string> = {
  text: `text of at most ${maxTextCharacters} characters, without control characters`,
  date: "a date as YYYY-MM-DD, for example 2026-03-31",
  amount: "an amount with a decimal point, for example 1842.40, without a currency sign",
  currency: "an ISO 4217 code, for example EUR",
  iban: "an IBAN, for example DE89 3704 0044 0532 0130 00",
  number: "a number with a decimal point, for example 2.5",
};

/** Checks one value a person typed, and writes it canonically: amounts with a point, IBANs without spaces, codes in capitals. */
export function checkValue(format: ValueFormat, text: string): CheckedValue {
  const value = canonicalOf(format, text);
  return value === null ? { problem: `${shown(text)} is not ${allowedValues[format]}.` } : { value };
}

function canonicalOf(format: ValueFormat, text: string): string | null {
  const trimmed = text.trim();
  switch (format) {
    case "text":
      return trimmed !== "" && trimmed.length <= maxTextCharacters && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed)
        ? trimmed
        : null;
    case "date":
      return dayNumber(trimmed) === null ? null : trimmed;
    case "amount":
    case "number":
      return canonicalNumber(trimmed);
    case "currency":
      return isCurrency(trimmed.toUpperCase()) ? trimmed.toUpperCase() : null;
    case "iban":
      return parseIban(trimmed);
  }
}

const shown = (text: string) => {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").trim();
  return clean === "" ? "An empty value" : `"${clean.length > 40 ? `${clean.slice(0, 39)}…` : clean}"`;
};
