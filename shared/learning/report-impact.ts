import type * as z from "zod";
import { harmIdOf } from "../case/case-id.ts";
import { CaseNotFoundError, type CaseStore, retryOnChange } from "../case/case-store.ts";
import { outcome } from "../contracts/outcome.ts";
import type { reportImpactRequest, TallyEntry } from "../contracts/tally.ts";
import type { LedgerEvent } from "../ledger/event.ts";
import { maySeeCase } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { CaseNotWaitingError, ValueInvalidError } from "../review/review-errors.ts";
import { sayAmount } from "../values/amount.ts";
import { isCurrency } from "../values/currency.ts";
import { dayOf } from "./tally.ts";
import { harmEntry } from "./tally-entries.ts";

export interface ReportImpactPorts {
  readonly cases: Pick<CaseStore, "find" | "commit" | "history">;
  readonly people: People;
  readonly now: () => Date;
}

/** The calendar is ahead of UTC by up to 14 hours somewhere. */
const aheadOfUtcMilliseconds = 14 * 60 * 60 * 1000;

/**
 * Writes down what an outcome cost a customer. The case's sender reports it, or whoever reviews in its workflow; as often as there
 * is something to report, and each report once, however often it is sent.
 * @throws {CaseNotFoundError} also for who may not see the case; {CaseNotWaitingError} before anything was delivered
 */
export function reportImpact(
  caseId: string,
  reporter: { readonly personId: string; readonly idempotencyKey: string },
  report: z.infer<typeof reportImpactRequest>,
  { cases, people, now }: ReportImpactPorts,
): Promise<void> {
  const { personId, idempotencyKey } = reporter;
  return retryOnChange(async () => {
    const [record, person] = await Promise.all([cases.find(caseId), people.find(personId)]);
    if (!record || !person || !maySeeCase(person, record)) throw new CaseNotFoundError(caseId);
    if (record.outcomeId === null)
      throw new CaseNotWaitingError("Nothing was delivered for this case yet, so nothing can have come of it.");
    const at = now();
    requireUsable(report, at);
    const history = await cases.history(record.caseId);
    const harmId = harmIdOf(record.caseId, personId, idempotencyKey);
    if (history.some(({ type, details }) => type === "ImpactReported" && details.harmId === harmId)) return;
    const { amountMinor, currency, source, date, note } = report;
    const decidedBy = whoDecided(history, date);
    const entry = {
      type: "ImpactReported" as const,
      actor: { kind: "person" as const, id: person.personId, name: person.name },
      summary: `Reported that it cost a customer ${sayAmount(amountMinor, currency)}`,
      details: {
        harmId,
        outcomeId: record.outcomeId,
        amountMinor,
        currency,
        source,
        date,
        note: note ?? null,
        decidedBy,
      },
    };
    const tally = [harmEntry(record, { harmId, amountMinor, currency, source, date, decidedBy }, at)];
    await cases.commit({ before: record, after: record, entry, tally }, at);
  });
}

/** @throws {ValueInvalidError} by JSON pointer */
function requireUsable({ currency, date }: z.infer<typeof reportImpactRequest>, now: Date): void {
  const problems = [];
  if (!isCurrency(currency))
    problems.push({ pointer: "/currency", detail: `${currency} is no currency in use (ISO 4217).` });
  if (date > dayOf(new Date(now.getTime() + aheadOfUtcMilliseconds)))
    problems.push({ pointer: "/date", detail: `${date} is still to come. Report what has happened.` });
  if (problems.length > 0) throw new ValueInvalidError(problems);
}

const decidedBySchema = outcome.shape.decidedBy.options.map((option) => option.shape.kind.value);

/** Who had decided the outcome that was out on that day: the latest until its end, or the first, where it was reported too early. */
function whoDecided(history: readonly LedgerEvent[], date: string): Extract<TallyEntry, { type: "harm" }>["decidedBy"] {
  const delivered = history.filter(({ type }) => type === "OutcomeDelivered");
  const inForce = delivered.findLast(({ at }) => at.slice(0, 10) <= date) ?? delivered[0];
  return decidedBySchema.find((kind) => kind === inForce?.details.decidedBy) ?? null;
}
