import * as z from "zod";

/** A message of a dead-letter queue, hidden from others for a while. */
export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  /** What deletes it. */
  readonly receipt: string;
}

/** One dead-letter queue with the function that its messages were meant for. */
export interface DeadLetterQueue {
  /** Next messages, hidden from other runs for longer than a run lasts; none when the queue is empty. */
  receive(): Promise<DeadLetter[]>;
  /** Hands the event to the function and waits. @throws {Error} what the function threw, by its name. */
  handOver(event: unknown): Promise<void>;
  delete(letter: DeadLetter): Promise<void>;
}

/** Happens when a message holds no event. It stays in its queue for somebody to look at. */
export class DeadLetterUnreadableError extends Error {
  override readonly name = "DeadLetterUnreadableError";

  constructor(messageId: string) {
    super(`Message ${messageId} holds no event. Look at it in the queue's console, and delete it there.`);
  }
}

const anEvent = z.looseObject({ "detail-type": z.string(), detail: z.record(z.string(), z.unknown()) });

/**
 * Lambda's failure destination puts the event into an envelope.
 * @see Lambda developer guide, "Retaining records of asynchronous invocations"
 */
const failureRecord = z
  .object({ requestContext: z.object({ condition: z.string() }), requestPayload: anEvent })
  .transform(({ requestPayload }) => requestPayload);

/** EventBridge's dead-letter queue holds the bare event, with the reason in the message's attributes. */
const message = z.union([failureRecord, anEvent]);

/** The event that never got where it should. @throws {DeadLetterUnreadableError} */
export function originalEvent({ messageId, body }: Pick<DeadLetter, "messageId" | "body">): unknown {
  try {
    return message.parse(JSON.parse(body));
  } catch {
    throw new DeadLetterUnreadableError(messageId);
  }
}
