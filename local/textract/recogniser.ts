import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AwsError } from "../wire/aws-error.ts";
import type { RecognisedPage, RecognitionAnswer, RecognitionRequest } from "./recognised-page.ts";

export interface RecogniserOptions {
  /** Recogniser processes, each with one picture at a time (0.3 GB each). @default 1 */
  readonly processes?: number;
  /** Pictures that may wait before callers are throttled, as AWS does by the account's rate. @default 24 */
  readonly maxWaiting?: number;
  /** A picture that takes longer ends its process. Ordinary pages take 1 to 4 s. @default 90 */
  readonly timeoutSeconds?: number;
}

/** Reads pictures in processes of its own, started with the first picture and replaced when they die. */
export interface Recogniser {
  /** @throws {AwsError} ProvisionedThroughputExceededException, InternalServerError, BadDocumentException, UnsupportedDocumentException */
  recognise(image: Uint8Array): Promise<RecognisedPage>;
  close(): Promise<void>;
}

interface Job {
  readonly image: Uint8Array;
  readonly resolve: (page: RecognisedPage) => void;
  readonly reject: (error: Error) => void;
}

interface Seat {
  child: ChildProcess | undefined;
  job: Job | undefined;
}

export function openRecogniser({
  processes = 1,
  maxWaiting = 24,
  timeoutSeconds = 90,
}: RecogniserOptions = {}): Recogniser {
  const seats: Seat[] = Array.from({ length: processes }, () => ({ child: undefined, job: undefined }));
  const waiting: Job[] = [];
  let closed = false;

  const next = () => {
    const free = seats.find(({ job }) => job === undefined);
    const job = free === undefined ? undefined : waiting.shift();
    if (free !== undefined && job !== undefined) work(free, job, timeoutSeconds, next);
  };

  return {
    recognise(image) {
      if (closed) return Promise.reject(new AwsError("InternalServerError", "The text detection was closed.", 500));
      if (waiting.length >= maxWaiting)
        return Promise.reject(
          new AwsError(
            "ProvisionedThroughputExceededException",
            `Provisioned rate exceeded: ${waiting.length} pictures wait already.`,
          ),
        );
      return new Promise((resolve, reject) => {
        waiting.push({ image, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0))
        job.reject(new AwsError("InternalServerError", "The text detection was closed.", 500));
      await Promise.all(seats.map(({ child }) => ended(child)));
    },
  };
}

function work(seat: Seat, job: Job, timeoutSeconds: number, next: () => void): void {
  seat.job = job;
  seat.child ??= start(seat);
  const { child } = seat;
  const finish = (settle: () => void) => {
    clearTimeout(timer);
    child.off("message", onMessage).off("exit", onExit);
    seat.job = undefined;
    settle();
    next();
  };
  const onMessage = (answer: RecognitionAnswer) =>
    finish(() => ("page" in answer ? job.resolve(answer.page) : job.reject(asAwsError(answer.error))));
  const onExit = () =>
    finish(() =>
      job.reject(
        new AwsError("BadDocumentException", "The picture could not be read; reading it ended the recogniser."),
      ),
    );
  const timer = setTimeout(() => {
    seat.child = undefined;
    child.off("exit", onExit).kill("SIGKILL");
    finish(() =>
      job.reject(new AwsError("InternalServerError", `Text detection took longer than ${timeoutSeconds} s.`, 500)),
    );
  }, timeoutSeconds * 1_000);
  child.on("message", onMessage).on("exit", onExit);
  child.send({ id: 0, image: job.image } satisfies RecognitionRequest);
}

/** Serialised by structured cloning, so that a picture is not spelt out as JSON. Nothing of this process's environment is handed on. */
function start(seat: Seat): ChildProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(fileURLToPath(new URL("./recogniser-process.ts", import.meta.url)), [], {
    execArgv: ["--import", loader],
    env: { PATH: process.env.PATH ?? "" },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("exit", () => {
    if (seat.child === child) seat.child = undefined;
  });
  child.on("error", () => child.kill("SIGKILL"));
  return child;
}

function asAwsError({ name, message }: { name: string; message: string }): AwsError {
  if (name === "PictureDamagedError") return new AwsError("BadDocumentException", message);
  if (name === "PictureUnsupportedError") return new AwsError("UnsupportedDocumentException", message);
  return new AwsError("InternalServerError", message, 500);
}

function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
