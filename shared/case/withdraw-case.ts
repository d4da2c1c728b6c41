import { CaseAlreadyDecidedError } from "../review/review-errors.ts";
import type { OutboxRow } from "./case-record.ts";
import { retryOnChange } from "./case-store.ts";
import { lapse, ownCase, type SenderPorts, senderActor, wakeUpOf } from "./sender.ts";

/**
 * The sender takes an undecided case back: nobody is asked any more, and the outcome says so. Withdrawing it again changes nothing.
 * Returns the row that wakes the waiting workflow; null where none waits.
 * @throws {CaseAlreadyDecidedError}
 */
export function withdrawCase(
  caseId: string,
  personId: string,
  because: string,
  ports: SenderPorts,
): Promise<OutboxRow | null> {
  return retryOnChange(async () => {
    const { record, reviews, person } = await ownCase(caseId, personId, ports);
    if (record.withdrawal) return null;
    if (record.status !== "opened" && record.status !== "waiting") throw alreadyDecided(record);
    const at = ports.now();
    const withdrawal = { by: person.personId, byName: person.name, at: at.toISOString(), because };
    const outbox = wakeUpOf(reviews, { action: "reject", next: null }, at);
    await ports.cases.commit(
      {
        before: record,
        after: { ...record, status: "decided", withdrawal, next: null, question: null, senderAsked: false },
        entry: {
          type: "CaseWithdrawn",
          actor: senderActor(person),
          summary: "Took it back",
          details: { characters: because.length },
        },
        reviews: lapse(reviews),
        ...(outbox && { outbox }),
        ...(record.senderAsked && { awaitedKey: null }),
      },
      at,
    );
    return outbox ?? null;
  });
}

/** Who decided, when and what, for whoever comes too late. */
function alreadyDecided({ decision, disposition, openedAt }: Awaited<ReturnType<typeof ownCase>>["record"]) {
  return new CaseAlreadyDecidedError({
    decidedBy: decision?.decidedByName ?? "software",
    decidedAt: decision?.decidedAt ?? disposition?.at ?? openedAt,
    action: decision?.decision.action ?? "pass",
  });
}
