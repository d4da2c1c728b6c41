import type { FieldDescriptor } from "../contracts/api.ts";
import { canonicalNumber } from "./amount.ts";
import { parseIban } from "./iban.ts";

type Format = FieldDescriptor["format"];
type Cells = Readonly<Record<string, string | null>>;

/**
 * A value without what does not change its meaning, so that a person who writes "1482.4" or "ACME  Ltd" where the software read
 * "1482.40" or "Acme Ltd" has not found an error. Null for nothing, however that is written.
 */
export function canonicalValue(format: Format, value: string | null | undefined): string | null {
  const text = (value ?? "")
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (text === "") return null;
  switch (format) {
    case "amount":
    case "number":
      return withoutTrailingZeros(canonicalNumber(text) ?? text);
    case "iban":
      return parseIban(text) ?? text.toUpperCase();
    default:
      return text.toLowerCase();
  }
}

export const sameValue = (format: Format, one: string | null | undefined, other: string | null | undefined): boolean =>
  canonicalValue(format, one) === canonicalValue(format, other);

const withoutTrailingZeros = (number: string): string => {
  const bare = number.includes(".") ? number.replace(/\.?0+$/, "") : number;
  return bare === "-0" ? "0" : bare;
};

/** Lines as they are compared: every cell the workflow knows, canonically; a line without any value is none. */
export const canonicalLines = (lines: readonly Cells[], cells: readonly FieldDescriptor[]): (string | null)[][] =>
  lines
    .map((line) => cells.map(({ field, format }) => canonicalValue(format, line[field])))
    .filter((line) => line.some((value) => value !== null));
