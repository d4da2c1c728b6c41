import type { Workflow } from "../contracts/identifiers.ts";
import type { Person } from "../contracts/people.ts";
import type { PolicyChange } from "../contracts/policy.ts";
import { NotAllowedError, requireRole } from "../people/authority.ts";
import { hasExpired } from "./change-expiry.ts";
import { requireAdvance } from "./exit-criteria.ts";
import {
  PolicyChangeAnsweredError,
  PolicyChangeNotFoundError,
  PolicyOutdatedError,
  type PolicyStanding,
  retryOnContention,
  type SignatureTokens,
} from "./policy-changes.ts";
import { actorOf, type ProposeChangePorts } from "./propose-change.ts";
import { aboutChange, nextVersion, takeEffect } from "./take-effect.ts";

export interface AnswerChangePorts extends Omit<ProposeChangePorts, "executions"> {
  readonly tokens: Pick<SignatureTokens, "find">;
  /** Ends the wait of the change's execution. */
  readonly wake: (taskToken: string, output: { changeId: string; workflow: Workflow }) => Promise<unknown>;
  /** Told of a wake-up that failed. The answer stands; the execution looks by itself within the hour. */
  readonly wakeFailed: (error: unknown) => void;
}

export interface ChangeAnswer {
  readonly workflow: Workflow;
  readonly changeId: string;
  readonly answer: "sign" | "refuse";
  readonly note: string | null;
  readonly personId: string;
}

/**
 * Signs or refuses a waiting change. Decide first, resume second: one transaction writes the version, what is in force, the
 * change and its ledger event; then the waiting execution is woken. Another owner signs; refusing is open to whoever proposed.
 * An identical answer is answered alike and wakes again, a different one is told who answered, when and what.
 *
 * @throws {NotAllowedError} {PolicyChangeNotFoundError} {PolicyChangeAnsweredError} {PolicyOutdatedError} {ExitCriteriaUnmetError}
 */
export async function answerChange(answer: ChangeAnswer, ports: AnswerChangePorts): Promise<PolicyChange> {
  const { workflow, changeId, personId } = answer;
  const { people, tokens, wake, wakeFailed } = ports;
  const person = requireRole(await people.find(personId), workflow, "owner");
  const change = await retryOnContention(() => decide(answer, person, ports));
  try {
    const taskToken = await tokens.find(changeId);
    if (taskToken) await wake(taskToken, { changeId, workflow });
  } catch (error) {
    wakeFailed(error);
  }
  if (change.status === "superseded") throw await outdated(change, ports);
  return change;
}

async function decide(answer: ChangeAnswer, person: Person, ports: AnswerChangePorts): Promise<PolicyChange> {
  const { workflow, changeId } = answer;
  const { changes, policies, grades, compile, now } = ports;
  const standing = await changes.standing(workflow);
  const change = await changes.find(changeId);
  if (!change || change.workflow !== workflow) throw new PolicyChangeNotFoundError(changeId);
  if (change.status === "superseded") return change;
  if (change.status !== "waiting") {
    if (isSameAnswer(change, answer)) return change;
    throw new PolicyChangeAnsweredError(change);
  }
  const at = now();
  if (hasExpired(change, at)) throw new PolicyChangeAnsweredError({ ...change, status: "expired" });
  const answered = answeredBy(change, person, answer.note, at);
  if (answer.answer === "refuse") return refuse(answered, standing, person, at, ports);
  if (change.proposedBy === person.personId)
    throw new NotAllowedError("You proposed this change; another owner signs it. You may refuse it to take it back.");
  if (change.baseVersion !== standing.current.version) return supersede(change, standing, person, at, ports);
  // A deployment since may have taken away what the document refers to.
  compile(workflow, change.policy);
  await requireAdvance(standing, change.policy, grades);
  await policies.keep(standing.current);
  const step = takeEffect(answered, await nextVersion(standing.current, policies), standing, actorOf(person), at);
  await changes.commit(step, at);
  return step.change;
}

async function refuse(
  answered: PolicyChange,
  { head }: PolicyStanding,
  person: Person,
  at: Date,
  { changes }: Pick<AnswerChangePorts, "changes">,
): Promise<PolicyChange> {
  const change: PolicyChange = { ...answered, status: "refused" };
  const takenBack = person.personId === change.proposedBy;
  const entry = {
    type: "PolicyChangeRefused" as const,
    actor: actorOf(person),
    summary: takenBack ? "A change was taken back" : "A change was refused",
    details: { ...aboutChange(change), note: change.note },
  };
  await changes.commit({ head, change, entry, becomes: null }, at);
  return change;
}

async function supersede(
  waiting: PolicyChange,
  { head, current }: PolicyStanding,
  person: Person,
  at: Date,
  { changes }: Pick<AnswerChangePorts, "changes">,
): Promise<PolicyChange> {
  const change: PolicyChange = { ...waiting, status: "superseded" };
  const entry = {
    type: "PolicyChangeSuperseded" as const,
    actor: actorOf(person),
    summary: `A change on version ${waiting.baseVersion} was overtaken by version ${current.version}`,
    details: { ...aboutChange(change), currentVersion: current.version },
  };
  await changes.commit({ head, change, entry, becomes: null }, at);
  return change;
}

async function outdated({ workflow, baseVersion }: PolicyChange, { changes }: Pick<AnswerChangePorts, "changes">) {
  const { current } = await changes.standing(workflow);
  return new PolicyOutdatedError(workflow, baseVersion, current.version);
}

const answeredBy = (change: PolicyChange, { personId, name }: Person, note: string | null, at: Date): PolicyChange => ({
  ...change,
  answeredBy: personId,
  answeredByName: name,
  answeredAt: at.toISOString(),
  note,
});

const isSameAnswer = (change: PolicyChange, { answer, note, personId }: ChangeAnswer): boolean =>
  change.answeredBy === personId &&
  change.note === note &&
  change.status === (answer === "sign" ? "applied" : "refused");
