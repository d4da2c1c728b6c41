import type { GetCaseResponse } from "../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../shared/contracts/case.ts";
import type { DecisionRecord } from "../../shared/contracts/decision.ts";
import type { Person } from "../../shared/contracts/people.ts";
import type { Client } from "./api/client.ts";
import { type ClaimKeeper, createClaimKeeper } from "./case/claim.ts";
import { type Draft, emptyDraft, isEmpty } from "./case/draft.ts";
import { type CaseReader, createCaseReader } from "./case/open-case.ts";
import { createOutbox, type Intent, type Outbox } from "./decision/outbox.ts";
import { type KeptWork, takeWork } from "./kept-work.ts";
import { caseOf, type Place, readPlace, writePlace } from "./place.ts";
import { createFeed, type Feed } from "./queue/feed.ts";
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
    settled({ reviewId, title, phase }) {
      if (phase.kind === "recorded") {
        drafts.update(({ [reviewId]: _, ...others }) => others);
        sitting.update((count) => count + 1);
      }
      if (phase.kind === "refused") announce(`${title} was not recorded: ${phase.problem.detail}`);
      if (reader.state.get().caseId === caseOf(reviewId)) reader.reload();
      void waiting.refresh();
    },
  });
  const claims = createClaimKeeper({
    client,
    now,
    after,
    newKey,
    isAnswered: (reviewId) =>
      outbox.entries.get().some((entry) => entry.reviewId === reviewId && entry.phase.kind !== "refused"),
  });

  const follow = () => {
    const at = place.get();
    const reviewId = at.view === "lists" ? null : at.reviewId;
    const caseId = reviewId === null ? null : caseOf(reviewId);
    if (caseId === reader.state.get().caseId)
      reader.reload(); // another review of the same case
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
    go(next) {
      const hash = writePlace(next);
      if (location.hash !== hash) location.hash = hash;
      if (writePlace(place.get()) !== hash) place.set(next);
    },
    editDraft(reviewId, change) {
      claims.active();
      drafts.update((all) => {
        const draft = change(all[reviewId] ?? emptyDraft);
        const { [reviewId]: _, ...others } = all;
        return isEmpty(draft) ? others : { ...all, [reviewId]: draft };
      });
    },
    work: () => ({ personId: me.personId, drafts: drafts.get(), unsent: outbox.unsent() }),
  };
}

/** Sends a decision. `last`: the tab is closing, so the browser must carry it on. */
async function sendDecision(client: Client, intent: Intent, last: boolean): Promise<DecisionRecord> {
  const path = { reviewId: intent.reviewId };
  const keepalive = last && JSON.stringify(intent.decision).length <= maxKeepaliveCharacters;
  return (await client.call("decideReview", { path, body: intent.decision, key: intent.key, keepalive })).decision;
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
