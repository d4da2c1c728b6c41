import type * as z from "zod";
import { summaryOfReview } from "../case/case-record.ts";
import type { ReviewListing } from "../case/case-store.ts";
import type { listReviewsQuery, listReviewsResponse } from "../contracts/api.ts";
import { workflow } from "../contracts/identifiers.ts";
import { reviewsPerPage } from "../contracts/limits.ts";
import type { Membership } from "../contracts/people.ts";
import { NotAllowedError } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { standingsIn } from "../people/standing.ts";

export interface ListReviewsPorts {
  readonly people: People;
  readonly listing: ReviewListing;
  /** Queues that exist beside each workflow's own: its departments'. */
  readonly departmentQueues: (workflow: string) => Promise<readonly string[]>;
  readonly now: () => Date;
}

/** Reviews of the queue asked for, or of all queues that are the caller's. @throws {NotAllowedError} for another's queue */
export async function listReviews(
  personId: string,
  { queue, status, cursor }: z.infer<typeof listReviewsQuery>,
  { people, listing, departmentQueues, now }: ListReviewsPorts,
): Promise<z.infer<typeof listReviewsResponse>> {
  const person = await people.find(personId);
  // An absent colleague's queues, too, for whoever covers for them.
  const reviewing = workflow.options
    .flatMap((name) => standingsIn(person, name, now()))
    .map(({ membership }) => membership)
    .filter(({ role }) => role !== "submitter");
  if (queue && !reviewing.some((membership) => covers(membership, queue))) {
    throw new NotAllowedError(`The queue ${queue} is not one of yours.`);
  }
  const queues = queue ? [queue] : await queuesOf(reviewing, departmentQueues);
  const page = await listing.list({ queues, status, cursor: cursor ?? null, limit: reviewsPerPage });
  return { reviews: page.reviews.map(summaryOfReview), cursor: page.cursor };
}

const covers = ({ workflow, queues }: Membership, queue: string): boolean =>
  isQueueOf(workflow, queue) && (queues === "*" || queues.includes(queue));

const isQueueOf = (workflow: string, queue: string): boolean => queue.split("/")[0] === workflow;

async function queuesOf(memberships: readonly Membership[], departmentQueues: ListReviewsPorts["departmentQueues"]) {
  const each = await Promise.all(
    memberships.map(async ({ workflow, queues }) =>
      queues === "*"
        ? [workflow, ...(await departmentQueues(workflow))]
        : queues.filter((queue) => isQueueOf(workflow, queue)),
    ),
  );
  return [...new Set(each.flat())];
}
