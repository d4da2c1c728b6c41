import type { Authorise } from "../iam/principal.ts";
import { arn } from "../template/physical-name.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsRequest, AwsResponse } from "../wire/service.ts";
import type { DeclaredFunction } from "./declared-function.ts";
import { FunctionFailedError } from "./outcome.ts";

export interface InvokePorts {
  readonly authorise: Authorise;
  find(functionArn: string): DeclaredFunction;
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
  accept(functionArn: string, payload: unknown): Promise<void>;
}

const invokePath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** POST /2015-03-31/functions/{name}/invocations: Lambda's Invoke, waiting for the answer or not. */
export async function handleInvoke(request: AwsRequest, ports: InvokePorts): Promise<AwsResponse> {
  const [, encodedName] = invokePath.exec(request.path) ?? [];
  if (encodedName === undefined || request.method !== "POST") {
    throw new NotImitatedError(`Lambda's ${request.method} ${request.path}`);
  }
  const name = decodeURIComponent(encodedName);
  const functionArn = name.startsWith("arn:") ? name : arn("lambda", `function:${name}`);
  ports.authorise(request.principal, "lambda:InvokeFunction", functionArn);
  const declared = ports.find(functionArn);
  const payload = parsed(request.body);

  const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
  if (type === "DryRun") return { status: 204 };
  if (type === "Event") {
    await ports.accept(declared.arn, payload);
    return { status: 202 };
  }
  if (type !== "RequestResponse") throw new NotImitatedError(`Lambda's invocation type ${type}`);
  try {
    const answer = await ports.invoke(declared.arn, payload);
    return { status: 200, headers: { "x-amz-executed-version": "$LATEST" }, body: JSON.stringify(answer) };
  } catch (error) {
    if (!(error instanceof FunctionFailedError)) throw error;
    const headers = { "x-amz-executed-version": "$LATEST", "x-amz-function-error": "Unhandled" };
    return { status: 200, headers, body: JSON.stringify(error.failure) };
  }
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsError("InvalidRequestContentException", "Could not parse request body into json: it is not JSON.");
  }
}
