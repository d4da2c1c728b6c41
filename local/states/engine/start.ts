import { AwsError } from "../../wire/aws-error.ts";
import type { Engine } from "./engine.ts";
import { inputDetails } from "./history.ts";
import { LiveExecution } from "./live-execution.ts";
import { type ExecutionRecord, keys, type Thread } from "./record.ts";

export interface StartRequest {
  readonly machineArn: string;
  readonly name: string;
  readonly input: unknown;
  readonly parent?: NonNullable<ExecutionRecord["parent"]>;
}

/** What AWS takes in a name: no spaces, brackets, wildcards, control characters, nor `" # % \ ^ | ~ $ & , ; : /` and the backtick. */
const validName = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/**
 * Starts an execution; repeated with the same name and input while it runs, it answers the one that runs.
 *
 * @throws {AwsError} StateMachineDoesNotExist, InvalidName, ExecutionAlreadyExists.
 */
export async function startExecution(engine: Engine, request: StartRequest): Promise<ExecutionRecord> {
  const program = engine.programs.current(request.machineArn);
  if (!program) {
    throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${request.machineArn}'`);
  }
  if (!validName.test(request.name)) throw new AwsError("InvalidName", `Invalid Name: '${request.name}'`);
  const machineName = request.machineArn.slice(request.machineArn.lastIndexOf(":") + 1);
  const arn = executionArnOf(request.machineArn, request.name);
  const existing = await engine.find(arn);
  if (existing) return alreadyStarted(existing, request);

  const now = engine.ports.clock.now();
  const startedAt = now.toISOString();
  const { timeoutSeconds } = program.machine;
  const execution: ExecutionRecord = {
    arn,
    name: request.name,
    machineArn: request.machineArn,
    machineName,
    definitionId: program.id,
    roleArn: program.role.arn,
    input: request.input,
    startedAt,
    status: "RUNNING",
    timeoutAt:
      timeoutSeconds === undefined ? undefined : new Date(now.getTime() + timeoutSeconds * 1_000).toISOString(),
    redriveCount: 0,
    parent: request.parent,
  };
  const live = new LiveExecution(execution, { lastEventId: 0, billedTransitions: 0 }, new Map(), program);
  const writes = request.parent ? [{ key: keys.child(request.parent.executionArn, arn), value: true }] : [];
  const begun = await engine.begin(live, writes, async (turn) => {
    turn.log(undefined, "ExecutionStarted", { ...inputDetails(request.input), roleArn: execution.roleArn });
    turn.statusChanged();
    const root = rootThread(program.machine.startAt, request.input, startedAt);
    turn.add(root);
    turn.wake(root);
  });
  // Somebody else started it while this call looked for it on disk.
  return begun ? execution : startExecution(engine, request);
}

export const executionArnOf = (machineArn: string, name: string) =>
  `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;

function alreadyStarted(existing: ExecutionRecord, request: StartRequest): ExecutionRecord {
  if (request.parent && existing.parent?.token === request.parent.token) return existing;
  const same = JSON.stringify(existing.input) === JSON.stringify(request.input);
  if (existing.status === "RUNNING" && same && !request.parent) return existing;
  throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${existing.arn}'`);
}

const rootThread = (startAt: string, input: unknown, startedAt: string): Thread => ({
  id: "0",
  index: 0,
  path: [],
  state: startAt,
  input,
  variables: {},
  enteredAt: startedAt,
  enteredEventId: 0,
  beforeEntryEventId: 0,
  lastEventId: 0,
  attempts: {},
  retryCount: 0,
  phase: { type: "starting" },
});
