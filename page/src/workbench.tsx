import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createBench } from "./case/bench.ts";
import { CasePanel } from "./case/case-panel.tsx";
import { Notices } from "./decision/notices.tsx";
import { DocumentPane } from "./document/document-pane.tsx";
import { focusOf, pressOf } from "./keys/focus.ts";
import { commandFor } from "./keys/keymap.ts";
import { KeysDialog } from "./keys/keys-dialog.tsx";
import { runCommand } from "./keys/run-command.ts";
import { Lists } from "./lists/lists.tsx";
import { OwnerPage } from "./owner/owner-page.tsx";
import { reviewAt } from "./place.ts";
import { Decided } from "./queue/decided.tsx";
import { Queue } from "./queue/queue.tsx";
import { Welcome } from "./queue/welcome.tsx";
import { SenderView } from "./sender/sender-view.tsx";
import type { Session } from "./sign-in/session.ts";
import { useStore } from "./store.ts";
import { useLive } from "./use-live.ts";
import { LiveRegion } from "./view/live-region.tsx";
import { TopBar } from "./view/top-bar.tsx";
import type { Workspace } from "./workspace.ts";

/** The page of somebody who reviews: queue, document, case. */
export function Workbench({ workspace, session }: { workspace: Workspace; session: Session }) {
  const place = useStore(workspace.place);
  const [keysShown, setKeysShown] = useState(false);
  const bench = useMemo(() => createBench(workspace, () => crypto.randomUUID(), Date.now), [workspace]);
  useLive(workspace, session);

  /** Leafing through the queue by arrows leaves the focus there; every other way of opening a case moves it to the case. */
  const fromQueue = useRef(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      workspace.claims.active();
      const focus = focusOf(event.target);
      fromQueue.current = focus === "queue" && event.key !== "Enter";
      const command = commandFor(pressOf(event), focus);
      if (command === null) return;
      event.preventDefault();
      runCommand(command, focus, { workspace, bench, showKeys: () => setKeysShown(true) });
    };
    const onPointerDown = () => {
      fromQueue.current = false;
      workspace.claims.active();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, [workspace, bench]);

  const reviewId = reviewAt(place);
  const isDesk = place.view === "queue" || place.view === "decided";
  const classes = !isDesk ? "frame wide" : reviewId === null ? "frame idle" : "frame";
  return (
    <div class={classes}>
      <TopBar workspace={workspace} session={session} showKeys={() => setKeysShown(true)} />
      {place.view === "queue" && <Queue workspace={workspace} />}
      {place.view === "decided" && <Decided workspace={workspace} />}
      {place.view === "lists" && <Lists workspace={workspace} />}
      {place.view === "workflow" && <OwnerPage key={place.workflow} workspace={workspace} workflow={place.workflow} />}
      {place.view === "case" && <SenderView key={place.caseId} workspace={workspace} />}
      {isDesk && reviewId === null && <Welcome workspace={workspace} decided={place.view === "decided"} />}
      {reviewId !== null && (
        <>
          <DocumentPane key={`document-${reviewId}`} workspace={workspace} bench={bench} />
          <CasePanel
            key={`case-${reviewId}`}
            workspace={workspace}
            bench={bench}
            reviewId={reviewId}
            takesFocus={!fromQueue.current}
          />
        </>
      )}
      <Notices workspace={workspace} bench={bench} />
      <LiveRegion announcement={workspace.announcement} />
      <KeysDialog isOpen={keysShown} close={() => setKeysShown(false)} />
    </div>
  );
}
