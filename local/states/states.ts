import type { Clock } from "../clock/clock.ts";
import type { Authorise } from "../iam/principal.ts";
import type { Storage } from "../storage/storage.ts";
import { NotImitatedError } from "../wire/aws-error.ts";
import type { AwsService } from "../wire/service.ts";
import { describeExecution, listExecutions, startExecution, stopExecution } from "./api/executions.ts";
import { getExecutionHistory } from "./api/history.ts";
import { machineOperations } from "./api/machines.ts";
import { redriveExecution } from "./api/redrive.ts";
import { jsonResponse, type Operation, readBody } from "./api/request.ts";
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from "./api/send-task.ts";
import type { Integration } from "./engine/call.ts";
import { Engine } from "./engine/engine.ts";
import type { MachineDeclaration } from "./engine/programs.ts";

export { DefinitionRefusedError } from "./definition/definition.ts";
export type { Integration } from "./engine/call.ts";
export type { MachineDeclaration } from "./engine/programs.ts";
export { TaskFailure } from "./failure.ts";

export interface StatesDependencies {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly authorise: Authorise;
  /**
   * Invokes a Lambda function; resolves with its JSON answer.
   *
   * @throws {TaskFailure} for a function error, Lambda.TooManyRequestsException, Sandbox.Timedout, …; anything else thrown is Lambda.Unknown.
   */
  readonly invokeFunction: (functionArn: string, payload: unknown) => Promise<unknown>;
  /** Puts "Step Functions Execution Status Change" on the default bus. At least once: repeated after a crash, or when it throws. */
  readonly publishEvent: (event: {
    source: string;
    detailType: string;
    detail: unknown;
    resources: string[];
  }) => Promise<void>;
  /** Further integrations by Resource ARN, such as arn:aws:states:::events:putEvents. They check the role's grants themselves. */
  readonly integrations?: Readonly<Record<string, Integration>>;
}

export interface States extends AwsService {
  readonly name: "states";
  /** Takes up what a stopped process left. Call once, when functions and bus can be reached. */
  recover(): Promise<void>;
  /** Transitions that AWS would bill for an execution; `withChildren` adds those of the executions it started, at any depth. */
  billedTransitions(executionArn: string, withChildren?: boolean): Promise<number>;
  /** Resolves when nothing moves: for tests that turn the clock. Functions that have not answered do not count. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The stand-in for AWS Step Functions: Standard workflows in JSONata, durable in `storage`.
 *
 * Unlike AWS it keeps histories for ever (AWS: 90 days), so that a name is never free again, and it knows neither versions and
 * aliases nor activities, Express workflows, distributed Maps and Credentials.
 *
 * @throws {DefinitionRefusedError} naming machine and state, for what it does not run.
 */
export async function openStates(
  machines: readonly MachineDeclaration[],
  dependencies: StatesDependencies,
): Promise<States> {
  const integrations = new Map(Object.entries(dependencies.integrations ?? {}));
  const engine = new Engine({ ...dependencies, integrations });
  await engine.open(machines);
  const operations: Readonly<Record<string, Operation>> = {
    ...machineOperations(machines, dependencies.clock.now().toISOString()),
    StartExecution: startExecution,
    DescribeExecution: describeExecution,
    ListExecutions: listExecutions,
    StopExecution: stopExecution,
    RedriveExecution: redriveExecution,
    GetExecutionHistory: getExecutionHistory,
    SendTaskSuccess: sendTaskSuccess,
    SendTaskFailure: sendTaskFailure,
    SendTaskHeartbeat: sendTaskHeartbeat,
  };
  return {
    name: "states",
    handle: async ({ headers, body, principal }) => {
      const target = (headers["x-amz-target"] ?? "").replace(/^AWSStepFunctions\./, "");
      const operation = Object.hasOwn(operations, target) ? operations[target] : undefined;
      if (!operation) throw new NotImitatedError(`Step Functions ${target || "without x-amz-target"}`);
      return jsonResponse(await operation({ engine, input: readBody(body), principal }));
    },
    recover: () => engine.recover(),
    billedTransitions: (executionArn, withChildren = false) => engine.billedTransitions(executionArn, withChildren),
    settled: () => engine.settled(),
    close: () => engine.close(),
  };
}
