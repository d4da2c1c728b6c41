import type { NextStep } from "../contracts/decision.ts";
import { maxMessages } from "../contracts/limits.ts";
import { CaseNotWaitingError, TooManyMessagesError } from "../review/review-errors.ts";
import type { OutboxRow } from "./case-record.ts";
import { retryOnChange } from "./case-store.ts";
import { lapse, ownCase, type SenderPorts, senderActor, wakeUpOf } from "./sender.ts";

/**
 * The sender answers the question they were asked: the case goes back to whoever asked. Returns the row that wakes the workflow.
 * @throws {CaseNotWaitingError} when no question is out
 */
export function sendMessage(
  caseId: string,
  personId: string,
  text: string,
  ports: SenderPorts,
): Promise<OutboxRow | null> {
  return retryOnChange(async () => {
    const { record, reviews, person } = await ownCase(caseId, personId, ports);
    if (!record.senderAsked)
      throw new CaseNotWaitingError("No question is out to you on this case. Wait until you are asked.");
    if (record.messages.length >= maxMessages) throw new TooManyMessagesError(maxMessages);
    const at = ports.now();
    const { personId: by, name: byName } = person;
    const next = afterSender(
      reviews.findLast(({ status }) => status === "waiting"),
      record.next,
    );
    const outbox = next && wakeUpOf(reviews, { action: "escalate", next }, at);
    await ports.cases.commit(
      {
        before: record,
        after: {
          ...record,
          messages: [...record.messages, { at: at.toISOString(), from: "sender", by, byName, text }],
          senderAsked: false,
          next,
        },
        entry: {
          type: "SenderAnswered",
          actor: senderActor(person),
          summary: "Answered the question",
          details: { characters: text.length },
        },
        reviews: lapse(reviews),
        ...(outbox && { outbox }),
        awaitedKey: null,
      },
      at,
    );
    return outbox ?? null;
  });
}

/**
 * Back to whoever asked: the rung after the sender's. The answer may come before the question's own step is open (the machine is
 * on its way there); then the stored step is moved on, and the machine finds it.
 */
function afterSender(
  asked: { readonly routing: NextStep["routing"]; readonly rung: number; readonly cause: string } | undefined,
  stored: NextStep | null,
): NextStep | null {
  const question = asked?.cause === "question" ? asked : stored?.cause === "question" ? stored : null;
  return question && { cause: "sender", routing: question.routing, rung: question.rung + 1 };
}
