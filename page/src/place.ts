import type { Workflow } from "../../shared/contracts/identifiers.ts";

/** Where a person is on the page; kept in the address's hash, so that it survives sign-in and can be sent to a colleague. */
export type Place =
  | { readonly view: "queue"; readonly reviewId: string | null }
  | { readonly view: "decided"; readonly reviewId: string | null }
  | { readonly view: "lists" }
  | { readonly view: "workflow"; readonly workflow: Workflow }
  | { readonly view: "case"; readonly caseId: string };

const review = /^[a-z2-7]{26}-[1-9]\d{0,3}$/;
const aCase = /^[a-z2-7]{26}$/;
/** Written out because the schema stays out of the bundle; the compiler holds it to the contract. */
const workflows = ["invoices"] as const satisfies readonly Workflow[];

export function readPlace(hash: string): Place {
  const [view, id = ""] = hash.replace(/^#\/?/, "").split("/");
  if (view === "lists") return { view };
  const workflow = workflows.find((name) => name === id);
  if (view === "workflow" && workflow !== undefined) return { view, workflow };
  if (view === "case" && aCase.test(id)) return { view, caseId: id };
  const reviewId = review.test(id) ? id : null;
  return view === "decided" ? { view, reviewId } : { view: "queue", reviewId };
}

export function writePlace(place: Place): string {
  switch (place.view) {
    case "lists":
      return "#/lists";
    case "workflow":
      return `#/workflow/${place.workflow}`;
    case "case":
      return `#/case/${place.caseId}`;
    default:
      return place.reviewId === null ? `#/${place.view}` : `#/${place.view}/${place.reviewId}`;
  }
}

/** The review that is open at a place; null where none can be. */
export const reviewAt = (place: Place): string | null =>
  place.view === "queue" || place.view === "decided" ? place.reviewId : null;

/** The case that is open at a place. */
export function caseAt(place: Place): string | null {
  if (place.view === "case") return place.caseId;
  const reviewId = reviewAt(place);
  return reviewId === null ? null : caseOf(reviewId);
}

/** A review's id is its case's id and a round (shared/contracts/identifiers.ts). */
export const caseOf = (reviewId: string): string => reviewId.slice(0, reviewId.indexOf("-"));
