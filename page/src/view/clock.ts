const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A time as a person here reads it: the hour today, else with its day. */
export function showTime(timestamp: string, now: number): string {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return "at an unknown time";
  return time.toDateString() === new Date(now).toDateString() ? hour.format(time) : day.format(time);
}
