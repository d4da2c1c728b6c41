import type { ReviewSummary } from "../../../shared/contracts/case.ts";

const dueGroups = ["Overdue", "Due within the hour", "Today", "Later"] as const;
type DueGroup = (typeof dueGroups)[number];

const minute = 60_000;
const hour = 60 * minute;

/** @param now - milliseconds since 1970; "today" ends at this machine's midnight. */
export function dueGroup(dueAt: string, now: number): DueGroup {
  const left = Date.parse(dueAt) - now;
  if (Number.isNaN(left) || left < 0) return "Overdue"; // what cannot be read is looked at first
  if (left <= hour) return "Due within the hour";
  return new Date(dueAt).toDateString() === new Date(now).toDateString() ? "Today" : "Later";
}

/** Time left in one short word: "18 min", "3 h", "2 d"; a minus sign when it has passed. */
export function dueIn(dueAt: string, now: number): string {
  const left = Date.parse(dueAt) - now;
  if (Number.isNaN(left)) return "?";
  const sign = left < 0 ? "−" : "";
  const minutes = Math.floor(Math.abs(left) / minute);
  if (minutes < 60) return `${sign}${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${sign}${hours} h` : `${sign}${Math.floor(hours / 24)} d`;
}

/** The same for ears: "due in 18 min", "overdue by 12 min". */
export function dueInWords(dueAt: string, now: number): string {
  const short = dueIn(dueAt, now);
  return short.startsWith("−") ? `overdue by ${short.slice(1)}` : `due in ${short}`;
}

/** Soonest due first; at the same moment the more urgent, then by id, so that the order never flickers. */
export function byDue(one: ReviewSummary, other: ReviewSummary): number {
  return (
    Date.parse(one.dueAt) - Date.parse(other.dueAt) ||
    other.priority - one.priority ||
    one.reviewId.localeCompare(other.reviewId)
  );
}

/** Groups that hold something, in order; within each, due first. */
export function groupByDue(
  reviews: readonly ReviewSummary[],
  now: number,
): { name: DueGroup; reviews: ReviewSummary[] }[] {
  const sorted = [...reviews].sort(byDue);
  return dueGroups
    .map((name) => ({ name, reviews: sorted.filter((review) => dueGroup(review.dueAt, now) === name) }))
    .filter((group) => group.reviews.length > 0);
}
