import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../clock/clock.ts";
import type { AccessKey } from "../iam/credentials.ts";
import type { Authorise } from "../iam/principal.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { AwsService } from "../wire/service.ts";
import { type AsynchronousOptions, openAsynchronous, readAsynchronousRules } from "./asynchronous.ts";
import { childEnvironment } from "./child-environment.ts";
import { type DeclaredFunction, declaredFunctions } from "./declared-function.ts";
import { startExecutionEnvironment } from "./execution-environment.ts";
import { openFunctionLog } from "./function-log.ts";
import { handleInvoke } from "./invoke-api.ts";
import { FunctionFailedError, type Outcome } from "./outcome.ts";
import { defaultLimits, openPool, type Pool, type PoolLimits } from "./pool.ts";

export interface LambdaOptions {
  readonly template: Template;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly authorise: Authorise;
  /** `<function>.log` for each function. */
  readonly logsDirectory: string;
  readonly temporaryDirectory: string;
  /** Loopback address of every AWS service; asked for when a process starts, since it is known only after this is open. */
  endpointUrl(): string;
  /** Access key of a role, by its ARN. */
  accessKeyOf(roleArn: string): AccessKey;
  /** Puts local addresses in place of AWS's. */
  localise(text: string): string;
  readonly deadLetter: AsynchronousOptions["deadLetter"];
  /** Told what goes wrong in the stack itself. */
  report(problem: string, error: unknown): void;
  readonly limits?: Partial<PoolLimits> | undefined;
  /** Runs functions elsewhere than in processes. @default processes */
  readonly openPool?:
    | ((environmentOf: (declared: DeclaredFunction) => Readonly<Record<string, string>>) => Pool)
    | undefined;
  /** Told every log line of every function. @default nobody */
  readonly echo?: ((functionName: string, line: string) => void) | undefined;
}

export interface Lambda extends AwsService {
  /** By ARN. */
  readonly functions: ReadonlyMap<string, DeclaredFunction>;
  /**
   * Invokes and waits for the answer.
   *
   * @param functionArn - with or without a qualifier.
   * @throws {FunctionFailedError} when the function failed; {AwsError} ResourceNotFoundException, RequestEntityTooLargeException.
   */
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
  /** Accepts an event: on disk when this resolves, handled later, retried as Lambda does. @throws {AwsError} as invoke */
  accept(functionArn: string, payload: unknown): Promise<void>;
  recover(): Promise<void>;
  /** Resolves when no accepted event is being handled. */
  quiet(): Promise<void>;
  metered(): { readonly invocations: number; readonly gigabyteSeconds: number };
  close(): Promise<void>;
}

/** Lambda: 6 MB for a request that waits for its answer, 1 MB for an event. @see Lambda quotas */
const maxPayloadBytes = 6 * 1024 * 1024;
const maxEventBytes = 1024 * 1024;

/** Runs the template's functions, each in processes of its own. Nothing is started before it is first needed. */
export function openLambda(options: LambdaOptions): Lambda {
  const { template, storage, clock, logsDirectory, temporaryDirectory, deadLetter } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const functions = new Map(declaredFunctions(template).map((declared) => [declared.arn, declared]));
  const logs = new Map(
    [...functions.values()].map((declared) => {
      const echo = options.echo && ((line: string) => options.echo?.(declared.serviceName, line));
      return [declared.arn, openFunctionLog(join(logsDirectory, `${declared.serviceName}.log`), { echo })];
    }),
  );
  const meter = { invocations: 0, gigabyteSeconds: 0 };

  const environmentOf = (declared: DeclaredFunction) => {
    const ownDirectory = join(temporaryDirectory, declared.name);
    mkdirSync(ownDirectory, { recursive: true });
    return childEnvironment(declared, {
      accessKey: options.accessKeyOf(declared.roleArn),
      endpointUrl: options.endpointUrl(),
      temporaryDirectory: ownDirectory,
      localise: options.localise,
    });
  };
  const pool =
    options.openPool?.(environmentOf) ??
    openPool(limits, (declared) => {
      const log = logs.get(declared.arn);
      if (!log) throw new Error(`${declared.name} has no log.`);
      return startExecutionEnvironment(declared, environmentOf(declared), log);
    });

  const run = async (declared: DeclaredFunction, requestId: string, payload: string): Promise<Outcome> => {
    const outcome = await pool.invoke(declared, requestId, payload);
    meter.invocations += 1;
    // Billed by the millisecond begun, as Lambda does.
    meter.gigabyteSeconds += (Math.ceil(outcome.milliseconds) / 1000) * (declared.memoryMegabytes / 1024);
    if (!outcome.succeeded) {
      const { errorType, errorMessage } = outcome.failure;
      logs.get(declared.arn)?.line(
        JSON.stringify({
          time: clock.now().toISOString(),
          type: "platform.fault",
          requestId,
          errorType,
          errorMessage,
        }),
      );
    }
    return outcome;
  };

  const find = (functionArn: string): DeclaredFunction => {
    const [unqualified = functionArn] = /^arn:aws:lambda:[^:]*:[^:]*:function:[^:]+/.exec(functionArn) ?? [];
    const declared = functions.get(unqualified);
    if (declared) return declared;
    throw new AwsError("ResourceNotFoundException", `Function not found: ${functionArn}`, 404);
  };

  const asText = (payload: unknown, maxBytes: number): string => {
    const text = JSON.stringify(payload ?? {});
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxBytes) return text;
    throw new AwsError(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${maxBytes} bytes for the InvokeFunction operation, and has ${bytes}`,
      413,
    );
  };

  const asynchronous = openAsynchronous({
    storage,
    clock,
    functions,
    rules: readAsynchronousRules(template, functions),
    maxConcurrent: limits.processes,
    invoke: run,
    deadLetter,
    onStuck: (error) => options.report("An accepted event could neither be handled nor dead-lettered.", error),
  });

  const invoke = async (functionArn: string, payload: unknown): Promise<unknown> => {
    const declared = find(functionArn);
    const outcome = await run(declared, randomUUID(), asText(payload, maxPayloadBytes));
    if (outcome.succeeded) return JSON.parse(outcome.payload);
    throw new FunctionFailedError(declared.name, outcome.failure);
  };
  const accept = async (functionArn: string, payload: unknown): Promise<void> => {
    await asynchronous.accept({ functionArn: find(functionArn).arn, payload: asText(payload, maxEventBytes) });
  };

  return {
    name: "lambda",
    functions,
    invoke,
    accept,
    handle: (request) => handleInvoke(request, { authorise: options.authorise, find, invoke, accept }),
    recover: asynchronous.recover,
    quiet: asynchronous.quiet,
    metered: () => ({ ...meter }),
    close: async () => {
      await Promise.all([pool.close(), asynchronous.close()]);
      for (const log of logs.values()) log.flush();
    },
  };
}
