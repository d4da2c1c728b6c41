import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { DecisionRecord, ReviewCause } from "../../../shared/contracts/decision.ts";
import { Text } from "../view/text.tsx";
import { AnswersTable } from "./answers-table.tsx";
import { disputed } from "./compare-answers.ts";
import { isBlind } from "./masking.ts";

interface Props {
  /** Id of whoever looks at it. */
  readonly me: string;
  readonly review: ReviewSummary;
  readonly subject: GetCaseResponse | null;
  /** Whether it is for whoever looks to decide; others read along and are not addressed. */
  readonly isTheirs: boolean;
  readonly take: ((record: DecisionRecord) => void) | null;
}

/** How the case came here, what is asked, and the answers there are already. Of a blind review only that it is one. */
export function Briefing({ me, review, subject, isTheirs, take }: Props) {
  if (isBlind(review)) {
    return (
      <section class="brief" aria-labelledby="brief">
        <h2 id="brief">Blind review</h2>
        <p>
          Shown without the software's answer. State what you see; then your answer is kept, and where there is more to
          know, everything is shown and you decide knowing it. What you leave empty is not judged.
        </p>
      </section>
    );
  }
  const told = (isTheirs ? null : toReaders[review.cause]) ?? tells[review.cause];
  const { question } = review;
  return (
    <>
      {told !== null && <p class="brief">{told}</p>}
      {question !== null && (
        <section class="brief" aria-labelledby="question">
          <h2 id="question">
            {asks[review.cause] ?? "Question"} <Text>{question.byName}</Text>
          </h2>
          <p class="said">
            <Text>{question.text}</Text>
          </p>
        </section>
      )}
      {subject !== null && review.cause === "adjudication" && (
        <Disputed subject={subject} reviewId={review.reviewId} take={take} />
      )}
      {subject !== null && !subject.masked && review.blindAnswer !== null && (
        <Stated subject={subject} record={review.blindAnswer} isOwn={review.blindAnswer.decidedBy === me} take={take} />
      )}
    </>
  );
}

interface StatedProps extends Pick<Props, "take"> {
  readonly subject: GetCaseResponse;
  readonly record: DecisionRecord;
  readonly isOwn: boolean;
}

/** A blind answer beside the software's; its values are in the form already. */
function Stated({ subject, record, isOwn, take }: StatedProps) {
  const who = isOwn ? "you" : record.decidedByName;
  return (
    <AnswersTable
      subject={subject}
      title={`What ${who} stated, beside the software's answer`}
      says="It was stated without seeing this. The values are in the form; where they differ it says so."
      columns={[{ heading: isOwn ? "You" : record.decidedByName, record }]}
      rest="Everything else is the same, or was left empty."
      take={take}
    />
  );
}

function Disputed({ subject, reviewId, take }: { subject: GetCaseResponse; reviewId: string; take: Props["take"] }) {
  const records = disputed(subject, reviewId);
  if (records.length === 0) return null;
  return (
    <AnswersTable
      subject={subject}
      title="The two answers"
      says="They were given without seeing each other. Take one of them, or decide otherwise: yours settles the case."
      columns={records.map((record) => ({ heading: record.decidedByName, record }))}
      take={take}
    />
  );
}

/** Null where the reasons below say all there is. */
const tells: Record<ReviewCause, string | null> = {
  gate: null,
  "time-out": "Nobody answered in time, so it came to the next role.",
  escalation: null,
  recovery: "The case was continued after a failure; nothing that was answered is lost.",
  "second-look": "You are the second pair of eyes; the first answer is hidden until you have given yours.",
  adjudication: "Two answers disagree, and you decide between them.",
  "hand-back": "Your question is answered, and the case is yours again.",
  question: null,
  sender: "The sender was asked. What came of it stands in the messages; go on from there.",
  audit: "The outcome is out already, and this is its audit. A different answer takes its place.",
  reopen: "The outcome is out already. A different answer takes its place; an equal one upholds it.",
};

/** The same for whoever only reads along, where the sentence above speaks to the one who decides. */
const toReaders: Partial<Record<ReviewCause, string>> = {
  "second-look": "Two people answer this one; the first answer is hidden until the second has been given.",
  adjudication: "Two answers disagree, and an expert decides between them.",
  "hand-back": "The question is answered, and the case is back with whoever asked.",
};

const asks: Partial<Record<ReviewCause, string>> = {
  escalation: "A question from",
  "time-out": "A question from",
  "hand-back": "An answer from",
  reopen: "Reopened by",
};
