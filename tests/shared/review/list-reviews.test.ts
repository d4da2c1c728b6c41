import { describe, expect, it } from "vitest";
import type { Person } from "../../../shared/contracts/people.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { listReviews } from "../../../shared/review/list-reviews.ts";
import { aCase, aPerson, aReview, caseIdNumber, later, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { inMemoryPeople } from "../case/in-memory-ports.ts";

const queues = ["invoices", "invoices/it", "invoices/legal", "claims"];
const aHall = () => {
  const listing = inMemoryCases();
  for (const [index, queue] of queues.entries()) {
    const caseId = caseIdNumber(index);
    listing.given(aCase({ caseId }), aReview({ caseId, queue, dueAt: later(index).toISOString() }));
  }
  const people = inMemoryPeople(
    aPerson("rita"),
    aPerson("ida", { queues: ["invoices/it", "claims"] }),
    aPerson("sam", { role: "submitter" }),
    aPerson("cora", { queues: ["invoices/legal"] }, { covers: [aCover(aPerson("ida", { queues: ["invoices/it"] }))] }),
  );
  return { listing, people, departmentQueues: async () => ["invoices/it", "invoices/legal"], now: () => noon };
};
/** The colleague is away for another hour. */
const aCover = ({ personId, name, memberships }: Person) => ({
  personId,
  name,
  memberships,
  until: later(3_600).toISOString(),
});
const seenBy = async (personId: string, queue?: string) => {
  const { reviews } = await listReviews(personId, { queue, status: "waiting" }, aHall());
  return reviews.map((review) => review.queue);
};

describe("the reviews that somebody sees", () => {
  it("are an absent colleague's, too, for whoever covers for them", async () => {
    expect(await seenBy("cora")).toEqual(["invoices/it", "invoices/legal"]);
  });

  it("are those of all queues of the workflow, with its departments', for whoever has all", async () => {
    expect(await seenBy("rita")).toEqual(["invoices", "invoices/it", "invoices/legal"]);
  });

  it("are those of the queues in the membership, and of no other workflow even where the row names one", async () => {
    expect(await seenBy("ida")).toEqual(["invoices/it"]);
  });

  it("are none for submitters and strangers", async () => {
    expect(await seenBy("sam")).toEqual([]);
    expect(await seenBy("mallory")).toEqual([]);
  });

  it("are those of one queue when it is asked for", async () => {
    expect(await seenBy("rita", "invoices/legal")).toEqual(["invoices/legal"]);
  });

  it.each([
    ["ida", "invoices"],
    ["ida", "claims"],
    ["rita", "claims"],
    ["sam", "invoices"],
    ["mallory", "invoices"],
  ])("are refused to %s for the queue %s", async (personId, queue) => {
    await expect(seenBy(personId, queue)).rejects.toBeInstanceOf(NotAllowedError);
  });

  it("never carry a token", async () => {
    const { reviews } = await listReviews("rita", { status: "waiting" }, aHall());
    expect(JSON.stringify(reviews)).not.toContain("token");
  });
});
