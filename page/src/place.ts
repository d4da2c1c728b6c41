/** Where a person is on the page; kept in the address's hash, so that it survives sign-in and can be sent to a colleague. */
export type Place =
  | { readonly view: "queue"; readonly reviewId: string | null }
  | { readonly view: "decided"; readonly reviewId: string | null }
  | { readonly view: "lists" };

const review = /^[a-z2-7]{26}-[1-9]\d{0,3}$/;

export function readPlace(hash: string): Place {
  const [view, id = ""] = hash.replace(/^#\/?/, "").split("/");
  const reviewId = review.test(id) ? id : null;
  if (view === "lists") return { view };
  return view === "decided" ? { view, reviewId } : { view: "queue", reviewId };
}

export function writePlace(place: Place): string {
  if (place.view === "lists" || place.reviewId === null) return `#/${place.view}`;
  return `#/${place.view}/${place.reviewId}`;
}

/** A review's id is its case's id and a round (shared/contracts/identifiers.ts). */
export const caseOf = (reviewId: string): string => reviewId.slice(0, reviewId.indexOf("-"));
