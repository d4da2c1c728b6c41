/** Until when somebody is away, from the day they named: to the end of that day here, ISO 8601 in UTC; null when it is no day to come. */
export function endOfDay(day: string, now: number): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return null;
  const end = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 23, 59, 59);
  return end.getTime() > now ? end.toISOString() : null;
}
