import { Worker } from "node:worker_threads";
import { DocumentTooComplexError, documentErrorFrom } from "../document-errors.ts";
import type { ReadingAnswer, ReadingRequest } from "./reading-requests.ts";

type Task = ReadingRequest extends infer R ? (R extends ReadingRequest ? Omit<R, "id"> : never) : never;
type Answered = Exclude<ReadingAnswer, { error: unknown }>;

/** JavaScript heap of the thread; the PDF engine's own memory is bounded apart. */
const maxHeapMegabytes = 512;

interface Waiting {
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
}

interface ReadingThread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

let thread: ReadingThread | undefined;
let turn: Promise<unknown> = Promise.resolve();
let lastId = 0;

/**
 * Has the reading thread do a piece of work, one at a time, each within `limits.maxReadSeconds` of its start. The thread
 * starts with the first document and stays for the next; one that ran out of time or memory is ended and replaced.
 *
 * @throws {DocumentTooComplexError} when time or memory ran out; the errors of reading otherwise.
 */
export function onReadingThread(task: Task): Promise<Answered> {
  const answer = turn.then(() => perform(task));
  turn = answer.catch(() => undefined);
  return answer;
}

function perform(task: Task): Promise<Answered> {
  thread ??= startThread();
  const { worker, waiting } = thread;
  lastId += 1;
  const id = lastId;
  worker.ref();
  return new Promise<Answered>((resolve, reject) => {
    const deadline = setTimeout(() => {
      discard(
        worker,
        new DocumentTooComplexError(
          `Reading took longer than ${task.limits.maxReadSeconds} s. Ask the sender for a simpler document.`,
        ),
      );
    }, task.limits.maxReadSeconds * 1_000);
    waiting.set(id, { resolve, reject, deadline });
    worker.postMessage({ ...task, id } satisfies ReadingRequest);
  });
}

function startThread(): ReadingThread {
  const worker = startWorker();
  const waiting = new Map<number, Waiting>();
  worker.on("message", (answer: ReadingAnswer) => {
    const asked = waiting.get(answer.id);
    if (asked === undefined) return;
    waiting.delete(answer.id);
    clearTimeout(asked.deadline);
    worker.unref();
    if (!("error" in answer)) return asked.resolve(answer);
    if (answer.unusable) discard(worker, new Error("unused: nobody else waits for this thread"));
    asked.reject(documentErrorFrom(answer.error.name, answer.error.message));
  });
  worker.on("error", (error) => discard(worker, asTooComplex(error)));
  worker.on("exit", () => discard(worker, new Error("The reading thread ended unasked.")));
  return { worker, waiting };
}

/** Running out of JavaScript heap ends the thread with this code; anything else is a defect and says so. */
function asTooComplex(error: Error): Error {
  if (!("code" in error) || error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  return new DocumentTooComplexError(
    "Reading this document takes more memory than a document may. Ask the sender for a simpler one.",
    { cause: error },
  );
}

function discard(worker: Worker, error: Error): void {
  if (thread?.worker !== worker) return;
  const { waiting } = thread;
  thread = undefined;
  void worker.terminate();
  for (const { reject, deadline } of waiting.values()) {
    clearTimeout(deadline);
    reject(error);
  }
}

/** Beside the bundle as `reading-worker.mjs`; from sources through tsx. */
function startWorker(): Worker {
  const script = import.meta.url.endsWith(".ts") ? "./reading-worker-from-sources.mjs" : "./reading-worker.mjs";
  return new Worker(new URL(script, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    execArgv: [],
  });
}
