import { parentPort } from "node:worker_threads";
import { performReading } from "./perform-reading.ts";
import type { ReadingAnswer, ReadingRequest } from "./reading-requests.ts";

/** The thread in which documents are read: it can be ended when a document takes too long, and takes nothing else with it. */
const port = parentPort;
if (port === null) throw new Error("reading-worker runs as a worker thread only.");

port.on("message", (request: ReadingRequest) => {
  performReading(request).then(
    (answer) => port.postMessage(answer),
    (error: unknown) => port.postMessage(failure(request.id, error)),
  );
});

function failure(id: number, error: unknown): ReadingAnswer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { id, error: { name, message }, unusable: name === "DocumentTooComplexError" };
}
