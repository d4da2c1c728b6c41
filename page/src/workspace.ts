import type { GetCaseResponse } from "../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../shared/contracts/case.ts";
import type { Person } from "../../shared/contracts/people.ts";
import type { Answer, Client } from "./api/client.ts";
import { type ClaimKeeper, createClaimKeeper } from "./case/claim.ts";
import { type Draft, isEmpty } from "./case/draft.ts";
import { type CaseReader, createCaseReader } from "./case/open-case.ts";
import { startingDraft } from "./case/starting-draft.ts";
import { createOutbox, type Entry, type Intent, type Outbox } from "./decision/outbox.ts";
import { type KeptWork, takeWork } from "./kept-work.ts";
import { caseAt, caseOf, type Place, readPlace, reviewAt, writePlace } from "./place.ts";
import { createFeed, type Feed } from "./queue/feed.ts";
import { nextToDecide } from "./queue/neighbour.ts";
import { waitingOrder } from "./queue/order.ts";
import { createStore, type Store } from "./store.ts";
import type { Announcement } from "./view/live-region.tsx";

/** All that a signed-in person works with; components read its stores and call its verbs. */
export interface Workspace {
  readonly me: Person;
  readonly client: Client;
  readonly place: Store<Place>;
  readonly waiting: Feed;
  readonly decided: Feed;
  readonly reader: CaseReader;
  readonly claims: ClaimKeeper;
  readonly outbox: Outbox;
  readonly drafts: Store<Readonly<Record<string, Draft>>>;
  readonly announcement: Store<Announcement>;
  /** Reviews that came while somebody looked, until they are opened. */
  readonly fresh: Store<ReadonlySet<string>>;
  /** Answers recorded since the page was opened. */
  readonly sitting: Store<number>;
  go(place: Place): void;
  announce(text: string): void;
  editDraft(reviewId: string, change: (draft: Draft) => Draft): void;
  /** What has to survive the page. */
  work(): KeptWork;
}

interface WorkspacePorts {
  readonly client: Client;
  readonly me: Person;
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly location: Pick<Location, "hash">;
  newKey(): string;
  now(): number;
  after(milliseconds: number, run: () => void): void;
}

/** Browsers hold all bodies that outlive their page to 64 KiB together (Fetch, section 4.5); the rest is for headers. */
const maxKeepaliveCharacters = 15_000;

export function createWorkspace({ client, me, storage, location, newKey, now, after }: WorkspacePorts): Workspace {
  const kept = takeWork(storage, me.personId);
  const place = createStore<Place>(readPlace(location.hash));
  const drafts = createStore<Readonly<Record<string, Draft>>>(kept?.drafts ?? {});
  const announcement = createStore<Announcement>({ text: "", count: 0 });
  const fresh = createStore<ReadonlySet<string>>(new Set());
  const sitting = createStore(0);
  const waiting = createFeed(client, "waiting");
  const decided = createFeed(client, "decided");
  const reader = createCaseReader(client);
  const announce = (text: string) => announcement.update(({ count }) => ({ text, count: count + 1 }));

  const outbox = createOutbox({
    now,
    after,
    send: (intent, last) => sendDecision(client, intent, last),
    settled: (entry) => void settled(entry),
  });
  const claims = createClaimKeeper({
    client,
    now,
    after,
    newKey,
    isAnswered: (reviewId) =>
      outbox.entries.get().some((entry) => entry.reviewId === reviewId && entry.phase.kind !== "refused"),
  });

  async function settled({ reviewId, title, blind, phase }: Entry) {
    if (phase.kind === "refused") announce(`${title} was not recorded: ${phase.problem.detail}`);
    const isOpen = reader.state.get().caseId === caseOf(reviewId);
    if (phase.kind !== "recorded") {
      if (isOpen) void reader.reload();
      return void waiting.refresh();
    }
    // The form keeps what was typed until the answer that takes its place is read.
    if (phase.unmasked && isOpen) await reader.reload();
    drafts.update(({ [reviewId]: _, ...others }) => others);
    if (phase.unmasked) {
      outbox.dismiss(reviewId);
      announce(`What you saw is kept. Now everything about ${title} is shown; decide it knowing that.`);
      return void waiting.refresh();
    }
    sitting.update((count) => count + 1);
    if (blind && reviewAt(place.get()) === reviewId) {
      const next = nextToDecide(waitingOrder({ waiting, outbox }, reviewId), reviewId, me.personId);
      announce(`What you saw of ${title} is recorded.`);
      go({ view: "queue", reviewId: next });
    } else if (isOpen) void reader.reload();
    void waiting.refresh();
  }

  function go(next: Place) {
    const hash = writePlace(next);
    if (location.hash !== hash) location.hash = hash;
    if (writePlace(place.get()) !== hash) place.set(next);
  }

  const follow = () => {
    const at = place.get();
    const reviewId = reviewAt(at);
    const caseId = caseAt(at);
    if (caseId === reader.state.get().caseId)
      void reader.reload(); // another review of the same case
    else reader.open(caseId);
    if (at.view !== "queue" || reviewId === null) claims.leave();
    else claims.open(reviewId);
    if (reviewId !== null) fresh.update((ids) => without(ids, reviewId));
  };
  place.subscribe(follow);
  follow();
  waiting.listing.subscribe(() => {
    const { arrived, reviews } = waiting.listing.get();
    for (const { reviewId, phase } of outbox.entries.get()) {
      if (phase.kind === "recorded" && !reviews.some((review) => review.reviewId === reviewId))
        outbox.dismiss(reviewId);
    }
    if (arrived.length > 0) fresh.update((ids) => new Set([...ids, ...arrived.map((review) => review.reviewId)]));
  });
  outbox.resume(kept?.unsent ?? []);

  return {
    me,
    client,
    place,
    waiting,
    decided,
    reader,
    claims,
    outbox,
    drafts,
    announcement,
    fresh,
    sitting,
    announce,
    go,
    editDraft(reviewId, change) {
      claims.active();
      drafts.update((all) => {
        const { subject } = reader.state.get();
        const review = subject?.reviews.find((candidate) => candidate.reviewId === reviewId);
        const start = startingDraft(subject, review ?? { blindAnswer: null });
        const draft = change(all[reviewId] ?? start);
        const { [reviewId]: _, ...others } = all;
        return isEmpty(draft) && isEmpty(start) ? others : { ...all, [reviewId]: draft };
      });
    },
    work: () => ({ personId: me.personId, drafts: drafts.get(), unsent: outbox.unsent() }),
  };
}

/** Sends a decision. `last`: the tab is closing, so the browser must carry it on. */
function sendDecision(client: Client, intent: Intent, last: boolean): Promise<Answer<"decideReview">> {
  const path = { reviewId: intent.reviewId };
  const keepalive = last && JSON.stringify(intent.decision).length <= maxKeepaliveCharacters;
  return client.call("decideReview", { path, body: intent.decision, key: intent.key, keepalive });
}

/** The review that is open: from the case once it is read, before that as the listing shows it. */
export function openReview(
  workspace: Workspace,
  reviewId: string,
  subject: GetCaseResponse | null,
): ReviewSummary | null {
  const listed = [...workspace.waiting.listing.get().reviews, ...workspace.decided.listing.get().reviews];
  const isIt = (review: ReviewSummary) => review.reviewId === reviewId;
  return subject?.reviews.find(isIt) ?? listed.find(isIt) ?? null;
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!ids.has(id)) return ids;
  const left = new Set(ids);
  left.delete(id);
  return left;
}
