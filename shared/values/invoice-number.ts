/** An invoice number without what is written now this way, now that: case, spaces, hyphens, slashes. "R-2026/1184" is "R20261184". */
export const numberKey = (number: string): string =>
  number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Characters that readers and typists take for one another. */
const lookAlikes = ["0OQD", "1ILJ|", "2Z", "5S", "6G", "8B"];
const alike = (a: string, b: string) => lookAlikes.some((group) => group.includes(a) && group.includes(b));

/**
 * How two numbers that differ by one character (changed, added, left out, or two neighbours swapped) relate; null when they
 * are equal or further apart. `alike`: a misread character or an added letter ("R-1184" and "R-1184A"), which numbers in a
 * series never do. `near`: any other, which the next number in a series does too, so that it means little alone.
 */
export function numberTwin(first: string, second: string): "alike" | "near" | null {
  const [a, b] = [numberKey(first), numberKey(second)];
  if (a === b || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return null;
  const start = commonStart(a, b);
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (a.length === b.length) {
    if (restA.slice(1) === restB.slice(1)) return alike(restA[0] ?? "", restB[0] ?? "") ? "alike" : "near";
    const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
    return swapped ? "near" : null;
  }
  const [longer, shorter] = restA.length > restB.length ? [restA, restB] : [restB, restA];
  if (longer.slice(1) !== shorter) return null;
  return /\p{L}/u.test(longer[0] ?? "") ? "alike" : "near";
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
