/** What a typed number means: canonical text ("1842.40"), or why it cannot be told. */
type DecimalReading = { readonly value: string } | { readonly problem: string };

const notANumber = "is not a number. Write it as 1842.40";

/**
 * Reads a decimal as people type it: spaces and apostrophes group, point or comma is the decimal sign, and the last of two different signs is.
 * "1,482" or "1.482" could be a thousand or a fraction: it is refused, not guessed.
 */
export function readDecimal(text: string): DecimalReading {
  const bare = text.replace(/[\s'’\u00a0\u202f]/g, "").replace(/^[−–]/, "-");
  const parts = /^([+-]?)([\d.,]*\d)$/.exec(bare);
  const digits = parts?.[2];
  if (parts === null || digits === undefined) return { problem: notANumber };
  const sign = parts[1] === "-" ? "-" : "";
  const marks = digits.replace(/\d/g, "");
  if (marks === "") return { value: sign + whole(digits) };
  const decimalMark = marks.at(-1) ?? "";
  const groupMark = decimalMark === "," ? "." : ",";
  const at = digits.lastIndexOf(decimalMark);
  const [before, after] = [digits.slice(0, at), digits.slice(at + 1)];
  if (before.includes(decimalMark)) {
    // The same sign twice can only group: 1.234.567
    if (marks.includes(groupMark) || !grouped(digits, decimalMark)) return { problem: notANumber };
    return { value: sign + whole(digits.replaceAll(decimalMark, "")) };
  }
  if (before.includes(groupMark)) {
    if (!grouped(before, groupMark)) return { problem: notANumber };
    return { value: `${sign}${whole(before.replaceAll(groupMark, ""))}.${after}` };
  }
  if (after.length === 3 && /^[1-9]\d{0,2}$/.test(before)) {
    return { problem: `can be read two ways. Write ${before}${after}.00 or ${before}.${after}0` };
  }
  return { value: `${sign}${whole(before)}.${after}` };
}

const whole = (digits: string) => digits.replace(/^0+(?=\d)/, "") || "0";
const grouped = (digits: string, mark: string) =>
  digits.split(mark).every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));

/** Canonical decimal with its thousands set apart, as the page shows amounts: "1 842.40". Other text is left as it is. */
export function showDecimal(canonical: string): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(canonical);
  if (parts === null) return canonical;
  return `${parts[1]}${parts[2]?.replace(/\B(?=(\d{3})+$)/g, "\u00a0")}${parts[3] ?? ""}`;
}
