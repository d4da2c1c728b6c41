import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Authorise, Principal } from "../../iam/principal.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Resource } from "../definition/resource.ts";
import { type Failure, TaskFailure } from "../failure.ts";
import type { Answer } from "./task.ts";

/** A further integration (aws-sdk:…, events:putEvents): does the call as the machine's role, checks its grants, and fails by a TaskFailure. */
export type Integration = (parameters: unknown, role: Principal) => Promise<unknown>;

export interface CallPorts {
  readonly authorise: Authorise;
  readonly invokeFunction: (functionArn: string, payload: unknown) => Promise<unknown>;
  readonly integrations: ReadonlyMap<string, Integration>;
}

const account = "000000000000";
const functionArnOf = (name: string) =>
  name.startsWith("arn:") ? name : `arn:aws:lambda:us-east-1:${account}:function:${name}`;

const invokeArguments = z.strictObject({ FunctionName: z.string(), Payload: z.unknown() });

/** Does what a task asks of Lambda or an injected integration. Never throws: what goes wrong is the task's failure. */
export async function makeCall(
  target: Resource,
  parameters: unknown,
  role: Principal,
  ports: CallPorts,
): Promise<Answer> {
  try {
    if (target.kind === "function") return { result: await invoke(target.functionArn, parameters, role, ports) };
    if (target.kind === "invoke") {
      const { FunctionName, Payload } = readArguments(invokeArguments, parameters);
      const payload = Payload === undefined ? {} : jsonOf(Payload, "Lambda.InvalidRequestContentException");
      return { result: invokeResult(await invoke(functionArnOf(FunctionName), payload, role, ports)) };
    }
    const integration = ports.integrations.get(target.arn);
    if (!integration)
      throw new TaskFailure("States.Runtime", `Nothing answers ${target.arn} on this machine any more.`);
    return { result: await integration(parameters, role) };
  } catch (error) {
    return { failure: failureOf(error, target.kind === "integration" ? "States.TaskFailed" : "Lambda.Unknown") };
  }
}

async function invoke(functionArn: string, payload: unknown, role: Principal, ports: CallPorts): Promise<unknown> {
  try {
    ports.authorise(role, "lambda:InvokeFunction", functionArn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const cause = `${error.message} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ${randomUUID()}; Proxy: null)`;
    throw new TaskFailure("Lambda.AWSLambdaException", cause);
  }
  return (await ports.invokeFunction(functionArn, payload)) ?? null;
}

function failureOf(error: unknown, unknownError: string): Failure {
  if (error instanceof TaskFailure) return { error: error.error, cause: error.cause };
  return { error: unknownError, cause: error instanceof Error ? error.message : String(error) };
}

/** Arguments that the integration does not take end the execution, as on AWS. */
export function readArguments<T>(schema: z.ZodType<T>, parameters: unknown): T {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim());
  throw new TaskFailure(
    "States.Runtime",
    `The one-machine stack does not take these Arguments: ${problems.join("; ")}.`,
  );
}

/** A string is JSON text already, as recorded on AWS. */
export function jsonOf(value: unknown, errorName: string): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new TaskFailure(errorName, "Could not parse request body into json: the text is not valid JSON.");
  }
}

/** The envelope in which the optimised integrations return an answer. */
export function sdkMetadata(): Record<string, unknown> {
  const requestId = randomUUID();
  return {
    SdkHttpMetadata: { AllHttpHeaders: {}, HttpHeaders: {}, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

const invokeResult = (answer: unknown) => ({
  ExecutedVersion: "$LATEST",
  Payload: answer,
  ...sdkMetadata(),
  StatusCode: 200,
});
