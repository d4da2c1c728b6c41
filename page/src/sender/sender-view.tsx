import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { maxMessageCharacters } from "../../../shared/contracts/limits.ts";
import { useAct } from "../api/use-act.ts";
import { Notice } from "../case/notice.tsx";
import { ReportHarm } from "../case/report-harm.tsx";
import { Thread } from "../case/thread.tsx";
import { reviews } from "../part.ts";
import { pollWhileVisible } from "../poll.ts";
import { useStore } from "../store.ts";
import { BecauseForm } from "../view/because-form.tsx";
import { showTime } from "../view/clock.ts";
import { Failure } from "../view/failure.tsx";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { canReport, canWithdraw, senderStatus } from "./sender-status.ts";

/** A case as whoever sent it follows it: where it stands, what is asked of them, and what they can do. */
export function SenderView({ workspace }: { workspace: Workspace }) {
  const { subject, failure } = useStore(workspace.reader.state);
  const now = useNow(15_000);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => pollWhileVisible(() => workspace.reader.reload(), document), [workspace]);
  const isRead = subject !== null;
  useLayoutEffect(() => title.current?.focus(), [isRead]);
  if (subject === null) {
    return (
      <main class="plain-view" aria-busy={failure === null}>
        {failure !== null && <Notice text={failure} retry={() => void workspace.reader.reload()} />}
      </main>
    );
  }
  const { me } = workspace;
  const { submitter, headline, fileName, reference, openedAt, messages } = subject.case;
  const isSender = submitter === me.personId || !reviews(me);
  return (
    <main class="plain-view">
      <h1 ref={title} tabIndex={-1}>
        <Text>{headline.title}</Text>
      </h1>
      <p class="meta">
        <Text>{fileName}</Text>
        {reference !== null && (
          <>
            {" · "}
            <Text>{reference}</Text>
          </>
        )}
        {` · sent ${showTime(openedAt, now)}`}
      </p>
      {failure !== null && <Notice text={failure} retry={() => void workspace.reader.reload()} />}
      <Notice text={senderStatus(subject, now)} retry={null} />
      <Thread messages={messages} now={now} />
      {isSender ? (
        <>
          {subject.case.senderAsked && <AnswerBox workspace={workspace} subject={subject} />}
          {canWithdraw(subject) && <Withdraw workspace={workspace} subject={subject} />}
          {canReport(subject) && (
            <ReportHarm client={workspace.client} subject={subject} announce={workspace.announce} />
          )}
        </>
      ) : (
        <p class="soft">Answering and taking back are for whoever sent it.</p>
      )}
    </main>
  );
}

interface Part {
  readonly workspace: Workspace;
  readonly subject: GetCaseResponse;
}

function AnswerBox({ workspace, subject }: Part) {
  const act = useAct(workspace.client);
  const { caseId } = subject.case;
  async function answer(text: string) {
    const sent = await act.send("sendMessage", { path: { caseId }, body: { text } });
    await workspace.reader.reload();
    if (sent !== null) workspace.announce("Your answer is sent.");
    return sent !== null;
  }
  return (
    <section class="card" aria-label="Answer the question">
      <BecauseForm
        question="Your answer"
        action="Send the answer"
        isBusy={act.isBusy}
        maxLength={maxMessageCharacters}
        act={answer}
      />
      <p class="soft">Or send the document again under the same name: the new one takes the place of the old.</p>
      <Failure act={act} />
    </section>
  );
}

function Withdraw({ workspace, subject }: Part) {
  const act = useAct(workspace.client);
  const { caseId } = subject.case;
  async function withdraw(because: string) {
    const sent = await act.send("withdrawCase", { path: { caseId }, body: { because } });
    await workspace.reader.reload();
    if (sent !== null) workspace.announce("It is taken back.");
    return sent !== null;
  }
  return (
    <details>
      <summary>Take it back</summary>
      <BecauseForm
        question="Why do you take it back? Nobody is asked about it any more."
        action="Take it back"
        isBusy={act.isBusy}
        isGrave
        maxLength={maxMessageCharacters}
        act={withdraw}
      />
      <Failure act={act} />
    </details>
  );
}
