import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import { type Outcome, outcome as outcomeShape } from "../../../shared/contracts/outcome.ts";
import { hashOf } from "../../../shared/ledger/chain.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import type { World } from "../world.ts";
import { hasPassed } from "./life.ts";
import type { Settled } from "./settled.ts";

/** Of each case: every outcome has one content and a number without gaps, supersedes the one before, and says what was decided. */
export function outcomesMatchDecisions({ state, world }: Settled): string[] {
  const keyOf = ({ workflow, caseId }: CaseRecord) => `${workflow}/${caseId}.json`;
  const known = new Set(state.cases.map(keyOf));
  const strays = new Set(world.outcomesWritten.map(({ key }) => key).filter((key) => !known.has(key)));
  return [
    ...[...strays].map((key) => `the outcome ${key} belongs to no case`),
    ...state.cases.flatMap((record) => {
      const bodies = world.outcomesWritten.filter(({ key }) => key === keyOf(record)).map(({ body }) => body);
      const reviews = state.reviews.filter(({ caseId }) => caseId === record.caseId);
      const history = state.historyOf(record.caseId);
      return [
        ...numbered(record, bodies, history),
        ...decided(record, bodies, history, reviews),
        ...[...new Set(bodies)].flatMap((body) => ofItsDocument(parsed(body), world)),
      ];
    }),
  ];
}

const parsed = (body: string): Outcome => outcomeShape.parse(JSON.parse(body));

function numbered(record: CaseRecord, bodies: readonly string[], history: readonly LedgerEvent[]): string[] {
  const { caseId, outcomes, outcomeId } = record;
  const delivered = history.filter(({ type }) => type === "OutcomeDelivered");
  const contents = [...new Set(bodies)].map(parsed);
  const problems = delivered.flatMap(({ details }, index) => {
    const id = `${caseId}-o${index + 1}`;
    const supersedes = index === 0 ? null : `${caseId}-o${index}`;
    const written = contents.filter((one) => one.outcomeId === id);
    const [only] = written;
    if (details.outcomeId !== id || details.supersedes !== supersedes)
      return [`outcome ${index + 1} of ${caseId} is told as ${details.outcomeId} in place of ${details.supersedes}`];
    if (!only || written.length > 1) return [`the outcome ${id} was written with ${written.length} contents`];
    return hashOf(only) === details.outcomeHash && only.supersedes === supersedes
      ? []
      : [`the outcome ${id} is not what its history says`];
  });
  const last = bodies.at(-1);
  const stale = last !== undefined && outcomeId !== null && parsed(last).outcomeId !== outcomeId;
  return [
    ...problems,
    ...(outcomes === delivered.length
      ? []
      : [`${caseId} counts ${outcomes} outcomes, and ${delivered.length} were delivered`]),
    ...(contents.length > delivered.length
      ? [`${caseId} has ${contents.length} outcomes written, and ${delivered.length} delivered`]
      : []),
    ...(stale
      ? [`the outcome of ${caseId} that lies there is ${last && parsed(last).outcomeId}, not ${outcomeId}`]
      : []),
  ];
}

/** Each outcome says what the latest final answer before its delivery does; one that was upheld still does. */
function decided(
  { caseId }: CaseRecord,
  bodies: readonly string[],
  history: readonly LedgerEvent[],
  reviews: readonly ReviewRecord[],
): string[] {
  let decider: LedgerEvent | undefined;
  let current: Outcome | undefined;
  return history.flatMap((event) => {
    const { type, details } = event;
    const isFinal = (type === "ReviewDecided" && details.next === null) || type === "CaseWithdrawn" || hasPassed(event);
    if (isFinal) decider = event;
    if (type === "OutcomeDelivered")
      current = bodies.map(parsed).find(({ outcomeId }) => outcomeId === details.outcomeId);
    if ((type !== "OutcomeDelivered" && type !== "AuditSettled") || !current) return [];
    const review = reviews.find(({ reviewId }) => reviewId === decider?.details.reviewId);
    const same =
      type === "AuditSettled"
        ? says(current, decider, review)
        : says(current, decider, review) && isBy(current, decider, review);
    return same ? [] : [`the outcome of ${caseId} (${event.sequence}) says something else than its decision`];
  });
}

function says(told: Outcome, decider: LedgerEvent | undefined, review: ReviewRecord | undefined): boolean {
  if (decider?.type === "CaseWithdrawn") return told.action === "withdraw";
  const decision = decider?.type === "ReviewDecided" ? review?.decision?.decision : undefined;
  if ((decision?.action === "reject") !== (told.action === "reject")) return false;
  return decision?.action !== "correct" || !decision.fields.gross || told.fields.gross === decision.fields.gross;
}

function isBy(
  { decidedBy, fields }: Outcome,
  decider: LedgerEvent | undefined,
  review: ReviewRecord | undefined,
): boolean {
  if (decider?.type === "CaseWithdrawn") return decidedBy.kind === "sender" && decidedBy.personId === decider.actor.id;
  if (decider?.type !== "ReviewDecided") return decidedBy.kind === "software";
  const { decision, decidedBy: by } = review?.decision ?? {};
  const corrected = decision?.action === "correct" ? Object.entries(decision.fields) : [];
  return (
    decidedBy.kind === "person" &&
    decidedBy.reviewId === review?.reviewId &&
    decidedBy.personId === by &&
    decidedBy.action === decision?.action &&
    corrected.every(([field, value]) => fields[field] === value)
  );
}

/** What is paid is what the document says that was decided on, not the one that it replaced. */
function ofItsDocument({ outcomeId, documentHash, source }: Outcome, { drops }: World): string[] {
  const drop = drops.find(({ key, versionId }) => key === source.key && versionId === source.versionId);
  return documentHash === null || !drop || drop.hash === documentHash
    ? []
    : [`${outcomeId} is about another document than it names`];
}
