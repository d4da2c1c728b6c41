import { describe, expect, it } from "vitest";
import type { OpenCases, Outbox, ReviewListing } from "../../../shared/case/case-store.ts";
import { type CaseChange, CaseChangedError, type CaseStore } from "../../../shared/case/case-store.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import { type Entry, software } from "../../../shared/ledger/event.ts";
import { aCase, aDecision, aReview, caseId, caseIdNumber, later, noon, reviewId } from "./builders.ts";

export interface CasePorts {
  readonly cases: CaseStore;
  readonly outbox: Outbox;
  readonly openCases: OpenCases;
  readonly listing: ReviewListing;
}

const entry = (summary = "A step"): Entry => ({
  type: "CaseOpened",
  actor: software,
  summary,
  details: { nothing: null, list: [], text: "" },
});

const anOutboxRow = (taskToken: string, ofCase = caseId) => ({
  caseId: ofCase,
  reviewId: `${ofCase}-1`,
  taskToken,
  wakeUp: { caseId: ofCase, reviewId: `${ofCase}-1`, action: "approve" as const, next: null },
  since: noon.toISOString(),
});

const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

/** What every store of cases does, whatever it is made of. */
export function caseStoreContract(name: string, open: () => Promise<CasePorts>): void {
  const opened = async (ports: CasePorts, changes: Partial<CaseChange> = {}) =>
    ports.cases.commit({ before: null, after: aCase(), entry: entry(), ...changes }, noon);

  describe(`cases in ${name}`, () => {
    it("are found as they were written, with their ledger moved on", async () => {
      const ports = await open();
      expect(await ports.cases.find(caseId)).toBeNull();
      const written = await opened(ports);
      expect(written).toEqual(aCase({ ledgerSequence: 1, ledgerHash: written.ledgerHash }));
      expect(await ports.cases.find(caseId)).toEqual(written);
    });

    it("are opened once: the second opening changes nothing", async () => {
      const ports = await open();
      const first = await opened(ports);
      const second = { before: null, after: aCase({ fileName: "other.pdf" }), entry: entry() };
      await expect(ports.cases.commit(second, noon)).rejects.toBeInstanceOf(CaseChangedError);
      expect(await ports.cases.find(caseId)).toEqual(first);
      expect(await ports.cases.history(caseId)).toHaveLength(1);
    });

    it("let one of two changes through that were decided on the same state", async () => {
      const ports = await open();
      const before = await opened(ports);
      const change = (fileName: string) =>
        ports.cases.commit({ before, after: { ...before, fileName }, entry: entry() }, noon);
      const results = await Promise.allSettled(["a.pdf", "b.pdf", "c.pdf"].map(change));
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const refused = results.filter((result) => result.status === "rejected");
      expect(refused.every(({ reason }) => reason instanceof CaseChangedError)).toBe(true);
      expect(await ports.cases.history(caseId)).toHaveLength(2);
    });

    it("keep a chain of what happened, which is whole and ends where the case says", async () => {
      const ports = await open();
      let record = await opened(ports);
      for (const summary of ["Second", "Third"]) {
        record = await ports.cases.commit({ before: record, after: record, entry: entry(summary) }, later(1));
      }
      const events = await ports.cases.history(caseId);
      expect(events.map(({ summary }) => summary)).toEqual(["A step", "Second", "Third"]);
      expect(firstBroken(events, { sequence: record.ledgerSequence, hash: record.ledgerHash })).toBeNull();
    });

    it("write case, reviews and wake-up together, or none of them", async () => {
      const ports = await open();
      const before = await opened(ports, { reviews: [{ before: null, after: aReview() }] });
      const stale = { before: aReview({ revision: 7 }), after: aReview({ status: "decided", decision: aDecision() }) };
      const change = {
        before,
        after: { ...before, status: "decided" as const },
        entry: entry(),
        reviews: [stale],
        outbox: anOutboxRow("token"),
      };
      await expect(ports.cases.commit(change, noon)).rejects.toBeInstanceOf(CaseChangedError);
      expect(await ports.cases.find(caseId)).toEqual(before);
      expect((await ports.cases.findReview(reviewId))?.decision).toBeNull();
      expect(await ports.outbox.due(10)).toEqual([]);
      expect(await ports.cases.history(caseId)).toHaveLength(1);
    });
  });

  describe(`reviews in ${name}`, () => {
    it("are listed in the order of their rounds, also beyond the ninth", async () => {
      const ports = await open();
      const rounds = [2, 10, 1, 11];
      await opened(ports, { reviews: rounds.map((round) => ({ before: null, after: aReview({ round }) })) });
      expect((await ports.cases.reviewsOf(caseId)).map(({ round }) => round)).toEqual([1, 2, 10, 11]);
      expect(await ports.cases.reviewsOf(caseIdNumber(3))).toEqual([]);
      expect(await ports.cases.findReview(`${caseId}-3`)).toBeNull();
    });

    it("are opened once a round", async () => {
      const ports = await open();
      const before = await opened(ports, { reviews: [{ before: null, after: aReview() }] });
      const again = { before, after: before, entry: entry(), reviews: [{ before: null, after: aReview() }] };
      await expect(ports.cases.commit(again, noon)).rejects.toBeInstanceOf(CaseChangedError);
    });

    it("take what is no step of the case, and move on by it", async () => {
      const ports = await open();
      await opened(ports, { reviews: [{ before: null, after: aReview() }] });
      const after = aReview({ taskToken: "token-of-attempt-2", attempt: 2 });
      await ports.cases.saveReview(aReview(), after);
      expect(await ports.cases.findReview(reviewId)).toEqual({ ...after, revision: 1 });
      await expect(ports.cases.saveReview(aReview(), after)).rejects.toBeInstanceOf(CaseChangedError);
      expect(await ports.cases.history(caseId)).toHaveLength(1);
    });

    it("refuse a token when they were decided meanwhile", async () => {
      const ports = await open();
      const before = await opened(ports, { reviews: [{ before: null, after: aReview() }] });
      const review = aReview();
      const decided = { ...review, status: "decided" as const, decision: aDecision() };
      await ports.cases.commit(
        { before, after: before, entry: entry(), reviews: [{ before: review, after: decided }] },
        noon,
      );
      await expect(ports.cases.saveReview(review, { ...review, taskToken: "late" })).rejects.toBeInstanceOf(
        CaseChangedError,
      );
      expect((await ports.cases.findReview(reviewId))?.decision).toEqual(aDecision());
    });
  });

  describe(`what a sender is asked for in ${name}`, () => {
    it("leads from the key to the case, until the case no longer waits for it", async () => {
      const ports = await open();
      const before = await opened(ports);
      const { source } = before;
      expect(await ports.cases.awaiting(source)).toBeNull();
      const asked = await ports.cases.commit({ before, after: before, entry: entry(), awaitedKey: source }, noon);
      expect(await ports.cases.awaiting(source)).toBe(caseId);
      expect(await ports.cases.awaiting({ ...source, key: "invoices/other.pdf" })).toBeNull();
      await ports.cases.commit({ before: asked, after: asked, entry: entry(), awaitedKey: null }, noon);
      expect(await ports.cases.awaiting(source)).toBeNull();
    });

    it("leads from the id of the next version to the case, which no case of that id can open", async () => {
      const ports = await open();
      const before = await opened(ports);
      const alias = caseIdNumber(7);
      const after = await ports.cases.commit({ before, after: before, entry: entry(), alias }, noon);
      expect(await ports.cases.find(alias)).toEqual(after);
      const another = { before: null, after: { ...after, caseId: alias, ledgerSequence: 0 }, entry: entry() };
      await expect(ports.cases.commit(another, noon)).rejects.toBeInstanceOf(CaseChangedError);
    });

    it("never leads from the id of a case that is there already", async () => {
      const ports = await open();
      const before = await opened(ports);
      const alias = caseIdNumber(7);
      const there = { before: null, after: { ...before, caseId: alias, ledgerSequence: 0 }, entry: entry() };
      const other = await ports.cases.commit(there, noon);
      const change = { before, after: before, entry: entry(), alias };
      await expect(ports.cases.commit(change, noon)).rejects.toBeInstanceOf(CaseChangedError);
      expect(await ports.cases.find(alias)).toEqual(other);
    });
  });

  describe(`the outbox in ${name}`, () => {
    it("holds what is to be woken until it is removed", async () => {
      const ports = await open();
      await opened(ports, { outbox: anOutboxRow("token") });
      expect(await ports.outbox.due(10)).toEqual([anOutboxRow("token")]);
      await ports.outbox.remove(anOutboxRow("token"));
      expect(await ports.outbox.due(10)).toEqual([]);
      await ports.outbox.remove(anOutboxRow("token"));
    });

    it("keeps a newer token's wake-up when the older one is removed", async () => {
      const ports = await open();
      await opened(ports, { outbox: anOutboxRow("old") });
      await ports.cases.enqueueWakeUp(anOutboxRow("new"));
      await ports.outbox.remove(anOutboxRow("old"));
      expect((await ports.outbox.due(10)).map(({ taskToken }) => taskToken)).toEqual(["new"]);
    });
  });

  describe(`open cases in ${name}`, () => {
    it("are those opened before a moment and not closed, wherever they are kept", async () => {
      const ports = await open();
      const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(caseIdNumber);
      for (const [index, id] of ids.entries()) {
        const after = aCase({
          caseId: id,
          openedAt: later(index).toISOString(),
          status: index === 3 ? "closed" : "waiting",
        });
        await ports.cases.commit({ before: null, after, entry: entry() }, noon);
      }
      const open8 = await all(ports.openCases.openSince(later(8)));
      expect(new Set(open8)).toEqual(new Set(ids.filter((_, index) => index < 8 && index !== 3)));
    });

    it("are no more once they close", async () => {
      const ports = await open();
      const before = await opened(ports);
      expect(await all(ports.openCases.openSince(later(1)))).toEqual([caseId]);
      await ports.cases.commit({ before, after: { ...before, status: "closed" }, entry: entry() }, noon);
      expect(await all(ports.openCases.openSince(later(1)))).toEqual([]);
    });
  });

  describe(`the listing in ${name}`, () => {
    const waitingIn = (queue: string, dueInSeconds: number, number: number) =>
      aReview({ caseId: caseIdNumber(number), queue, dueAt: later(dueInSeconds).toISOString() });
    const given = async (ports: CasePorts, ...reviews: readonly ReturnType<typeof aReview>[]) => {
      for (const after of reviews) {
        const change = { before: null, after: aCase({ caseId: after.caseId }), entry: entry() };
        await ports.cases.commit({ ...change, reviews: [{ before: null, after }] }, noon);
      }
    };
    const idsIn = (reviews: readonly { readonly caseId: string }[]) => reviews.map((review) => review.caseId);

    it("pitfall 11: shows what is due first, over several queues in one order, page by page, none twice", async () => {
      const ports = await open();
      await given(
        ports,
        waitingIn("invoices", 30, 1),
        waitingIn("invoices", 10, 2),
        waitingIn("invoices/it", 20, 3),
        waitingIn("invoices/it", 40, 4),
        waitingIn("invoices/legal", 5, 5),
      );
      const query = { queues: ["invoices", "invoices/it"], status: "waiting" as const, limit: 2 };
      const first = await ports.listing.list({ ...query, cursor: null });
      expect(idsIn(first.reviews)).toEqual([2, 3].map(caseIdNumber));
      const second = await ports.listing.list({ ...query, cursor: first.cursor });
      expect(idsIn(second.reviews)).toEqual([1, 4].map(caseIdNumber));
      expect(second.cursor).toBeNull();
    });

    it("shows decided reviews newest first, and expired ones nowhere", async () => {
      const ports = await open();
      const decided = (number: number, seconds: number) =>
        aReview({
          caseId: caseIdNumber(number),
          status: "decided",
          decision: aDecision({
            reviewId: `${caseIdNumber(number)}-1`,
            decidedAt: later(seconds).toISOString(),
          }),
        });
      await given(ports, decided(1, 10), decided(2, 20), aReview({ caseId: caseIdNumber(3), status: "expired" }));
      const query = { queues: ["invoices"], cursor: null, limit: 10 };
      expect(idsIn((await ports.listing.list({ ...query, status: "decided" })).reviews)).toEqual(
        [2, 1].map(caseIdNumber),
      );
      expect((await ports.listing.list({ ...query, status: "waiting" })).reviews).toEqual([]);
    });

    it("is empty without queues", async () => {
      const ports = await open();
      expect(await ports.listing.list({ queues: [], status: "waiting", cursor: null, limit: 10 })).toEqual({
        reviews: [],
        cursor: null,
      });
    });
  });
}
