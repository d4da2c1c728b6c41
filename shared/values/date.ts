const millisecondsPerDay = 24 * 60 * 60 * 1_000;

/** Days since 1970-01-01 of an ISO 8601 calendar date; null for anything else, 2026-02-29 included. */
export function dayNumber(date: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined) return null;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(at).toISOString().slice(0, 10) === date ? at / millisecondsPerDay : null;
}

/** Days from one date to another, negative when `to` is earlier; null when one is no date. */
export function daysBetween(from: string, to: string): number | null {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  return start === null || end === null ? null : end - start;
}

/** The date so many days later (earlier when negative). @throws {RangeError} when `date` is no date. */
export function addDays(date: string, days: number): string {
  const start = dayNumber(date);
  if (start === null) throw new RangeError(`"${date}" is not a date as YYYY-MM-DD.`);
  return new Date((start + days) * millisecondsPerDay).toISOString().slice(0, 10);
}
