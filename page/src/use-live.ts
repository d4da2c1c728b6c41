import { useEffect } from "preact/hooks";
import { keepWork } from "./kept-work.ts";
import { readPlace } from "./place.ts";
import { pollWhileVisible } from "./poll.ts";
import { dueInWords } from "./queue/due.ts";
import type { Session } from "./sign-in/session.ts";
import { useStore } from "./store.ts";
import type { Workspace } from "./workspace.ts";

/** Joins the workspace to the window: polling, the address, new work said aloud, and what has to happen before the page goes away. */
export function useLive(workspace: Workspace, session: Session): void {
  const { view } = useStore(workspace.place);

  useEffect(() => {
    const feed = view === "decided" ? workspace.decided : workspace.waiting;
    // The waiting queue is read in every view: its count stands in the bar.
    return pollWhileVisible(async () => {
      await Promise.all([workspace.waiting.refresh(), feed.refresh()]);
    }, document);
  }, [workspace, view]);

  useEffect(
    () =>
      workspace.waiting.listing.subscribe(() => {
        sayArrivals(workspace);
        reloadIfGone(workspace);
      }),
    [workspace],
  );

  useEffect(() => {
    const onHash = () => workspace.go(readPlace(location.hash));
    const onHidden = () => {
      if (document.visibilityState !== "hidden") return;
      workspace.outbox.flush(true);
      keepWork(sessionStorage, workspace.work());
    };
    const onPageHide = () => {
      workspace.claims.leave(true);
      workspace.outbox.flush(true);
      keepWork(sessionStorage, workspace.work());
    };
    /** An answer that waits for the network would be lost with the tab: the browser asks first. Signing in again keeps the tab. */
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (session.state.get().kind === "ended") return;
      if (workspace.outbox.entries.get().some(({ phase }) => phase.kind === "delayed")) event.preventDefault();
    };
    /** A page out of the browser's memory holds old claims, and after sign-out what is nobody's business: it starts anew. */
    const onPageShow = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload();
    };
    window.addEventListener("pageshow", onPageShow);
    window.addEventListener("hashchange", onHash);
    document.addEventListener("visibilitychange", onHidden);
    window.addEventListener("pagehide", onPageHide);
    window.addEventListener("beforeunload", onBeforeUnload);
    return () => {
      window.removeEventListener("pageshow", onPageShow);
      window.removeEventListener("hashchange", onHash);
      document.removeEventListener("visibilitychange", onHidden);
      window.removeEventListener("pagehide", onPageHide);
      window.removeEventListener("beforeunload", onBeforeUnload);
    };
  }, [workspace, session]);
}

function sayArrivals(workspace: Workspace): void {
  const { arrived } = workspace.waiting.listing.get();
  const [first, ...others] = arrived;
  if (first === undefined) return;
  const named = `${first.headline.title}, ${dueInWords(first.dueAt, Date.now())}`;
  workspace.announce(others.length === 0 ? `New case: ${named}` : `${arrived.length} new cases, the first: ${named}`);
}

/** The open review left the queue and we did not answer it: somebody else did, or its time ran out. The case says which. */
function reloadIfGone(workspace: Workspace): void {
  const place = workspace.place.get();
  const { reviews, more, failure } = workspace.waiting.listing.get();
  if (place.view !== "queue" || place.reviewId === null || more || failure !== null) return;
  const { reviewId } = place;
  const known = workspace.reader.state.get().subject?.reviews.find((review) => review.reviewId === reviewId);
  const isListed = reviews.some((review) => review.reviewId === reviewId);
  if (!isListed && known?.status === "waiting") workspace.reader.reload();
}
