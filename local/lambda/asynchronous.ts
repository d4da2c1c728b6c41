import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { type DurableWork, openDurableWork } from "../events/durable-work.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { type DeclaredFunction, FunctionNotRunnableError } from "./declared-function.ts";
import type { FunctionFailure, Outcome } from "./outcome.ts";

/** An event that a function was handed without waiting for its answer. */
export interface AcceptedEvent {
  readonly functionArn: string;
  /** JSON text. */
  readonly payload: string;
}

/** How often a failed event is tried again, and where it goes at last. */
export interface AsynchronousRules {
  readonly maxRetries: number;
  readonly maxAgeSeconds: number;
  /** Queue that gets the bare event. */
  readonly deadLetterArn?: string;
  /** Queue that gets the event in an envelope with the failure. */
  readonly onFailureArn?: string;
}

export interface AsynchronousOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly functions: ReadonlyMap<string, DeclaredFunction>;
  readonly rules: ReadonlyMap<string, AsynchronousRules>;
  readonly maxConcurrent: number;
  invoke(declared: DeclaredFunction, requestId: string, payload: string): Promise<Outcome>;
  onStuck(error: unknown): void;
  /** Puts a message into a queue as the function's role. Rejects when the role may not, or the queue is unknown. */
  deadLetter(
    declared: DeclaredFunction,
    queueArn: string,
    body: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<void>;
}

/** Lambda waits a minute before the first retry and two before the second. @see Lambda developer guide, "Asynchronous invocation" */
const retryDelaySeconds = [60, 120];

const configShape = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  MaximumEventAgeInSeconds: z.number().default(21_600),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** Reads AWS::Lambda::EventInvokeConfig; two retries within six hours where a function has none. */
export function readAsynchronousRules(
  template: Template,
  functions: ReadonlyMap<string, DeclaredFunction>,
): ReadonlyMap<string, AsynchronousRules> {
  const configured = template.ofType("AWS::Lambda::EventInvokeConfig").map(({ logicalId, properties }) => {
    const { success, data, error } = configShape.safeParse(properties);
    if (!success) throw new FunctionNotRunnableError(`${logicalId}: ${z.prettifyError(error)}`);
    return data;
  });
  return new Map(
    [...functions.values()].map((declared) => {
      const config = configured.find(({ FunctionName }) => [declared.name, declared.arn].includes(FunctionName));
      const onFailureArn = config?.DestinationConfig?.OnFailure?.Destination;
      return [
        declared.arn,
        {
          maxRetries: config?.MaximumRetryAttempts ?? 2,
          maxAgeSeconds: config?.MaximumEventAgeInSeconds ?? 21_600,
          ...(declared.deadLetterArn === undefined ? {} : { deadLetterArn: declared.deadLetterArn }),
          ...(onFailureArn === undefined ? {} : { onFailureArn }),
        },
      ];
    }),
  );
}

const eventShape = z.object({ functionArn: z.string(), payload: z.string() });

/** Accepts events durably and sees each of them handled, or put where the template sends failures. */
export function openAsynchronous(options: AsynchronousOptions): DurableWork<AcceptedEvent> {
  const { storage, clock, functions, rules, maxConcurrent, invoke, deadLetter } = options;
  return openDurableWork({
    storage,
    prefix: "asynchronous/",
    shape: eventShape,
    clock,
    maxConcurrent,
    onStuck: options.onStuck,
    attempt: async ({ id, item: { functionArn, payload }, earlierAttempts, acceptedAt }) => {
      const declared = functions.get(functionArn);
      const rule = rules.get(functionArn);
      if (!declared || !rule) return "done"; // the function was removed from the template since
      const outcome = await invoke(declared, id, payload);
      if (outcome.succeeded) return "done";
      const ageSeconds = (clock.now().getTime() - acceptedAt.getTime()) / 1000;
      const retryAfterSeconds = retryDelaySeconds[earlierAttempts];
      const worthRetrying = earlierAttempts < rule.maxRetries && retryAfterSeconds !== undefined;
      if (worthRetrying && ageSeconds + retryAfterSeconds <= rule.maxAgeSeconds) return { retryAfterSeconds };
      await giveUp(declared, rule, { id, payload, attempts: earlierAttempts + 1, failure: outcome.failure });
      return "done";
    },
  });

  async function giveUp(
    declared: DeclaredFunction,
    { deadLetterArn, onFailureArn }: AsynchronousRules,
    { id, payload, attempts, failure }: { id: string; payload: string; attempts: number; failure: FunctionFailure },
  ): Promise<void> {
    if (deadLetterArn !== undefined) {
      await deadLetter(declared, deadLetterArn, payload, {
        RequestID: id,
        ErrorCode: "200",
        ErrorMessage: failure.errorMessage.slice(0, 1024),
      });
    }
    if (onFailureArn !== undefined) {
      const envelope = {
        version: "1.0",
        timestamp: clock.now().toISOString(),
        requestContext: {
          requestId: id,
          functionArn: `${declared.arn}:$LATEST`,
          condition: "RetriesExhausted",
          approximateInvokeCount: attempts,
        },
        requestPayload: JSON.parse(payload),
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        responsePayload: failure,
      };
      await deadLetter(declared, onFailureArn, JSON.stringify(envelope), {});
    }
  }
}
