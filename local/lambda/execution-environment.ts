import { type ChildProcess, spawn } from "node:child_process";
import { Duplex, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { DeclaredFunction } from "./declared-function.ts";
import { onFrame, writeFrame } from "./frames.ts";
import type { FunctionLog } from "./function-log.ts";
import { exited, type FunctionFailure, type Outcome, timedOut } from "./outcome.ts";

/** One process of one function. Like Lambda's, it handles one invocation at a time and is kept for the next. */
export interface ExecutionEnvironment {
  /** Resolves when the handler is loaded, to the failure when it cannot be. */
  readonly started: Promise<FunctionFailure | undefined>;
  /** Never rejects: a time-out or a crash is an outcome. After one of those the environment is gone. */
  invoke(requestId: string, payload: string): Promise<Outcome>;
  /** False once the process has ended or is condemned. */
  usable(): boolean;
  kill(): Promise<void>;
}

const bootstrap = fileURLToPath(new URL("bootstrap.mjs", import.meta.url));
/** Lambda allows ten seconds to load; here cold starts share two cores with everything else. */
const loadTimeoutSeconds = 30;

const header = z.object({
  kind: z.enum(["ready", "unloadable", "answered", "failed"]),
  dies: z.boolean().default(false),
});
const reported = z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) });

interface Running {
  readonly requestId: string;
  readonly timer: NodeJS.Timeout;
  end(outcome: Outcome): void;
}

export function startExecutionEnvironment(
  declared: DeclaredFunction,
  environment: Readonly<Record<string, string>>,
  log: FunctionLog,
): ExecutionEnvironment {
  const child = spawn(process.execPath, [`--max-old-space-size=${declared.memoryMegabytes}`, bootstrap], {
    env: { ...environment },
    cwd: declared.codeDirectory,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const channel = channelOf(child);
  if (child.stdout) log.follow(child.stdout);
  if (child.stderr) log.follow(child.stderr);

  let alive = true;
  let running: Running | undefined;
  let loaded: (failure: FunctionFailure | undefined) => void = () => undefined;
  const started = new Promise<FunctionFailure | undefined>((resolve) => {
    loaded = resolve;
  });
  const loadTimer = setTimeout(() => {
    alive = false;
    child.kill("SIGKILL");
    loaded({
      errorType: "Sandbox.Timedout",
      errorMessage: `The function did not load in ${loadTimeoutSeconds} seconds`,
    });
  }, loadTimeoutSeconds * 1000);

  const finish = (outcome: Outcome) => {
    const ended = running;
    running = undefined;
    clearTimeout(ended?.timer);
    ended?.end(outcome);
  };

  onFrame(channel, (frame) => {
    const { kind, dies } = header.parse(frame.header);
    if (kind === "ready" || kind === "unloadable") {
      clearTimeout(loadTimer);
      if (kind === "unloadable") alive = false;
      loaded(kind === "unloadable" ? reported.parse(JSON.parse(frame.payload)) : undefined);
    } else {
      if (dies) alive = false;
      finish(
        kind === "answered"
          ? { succeeded: true, payload: frame.payload }
          : { succeeded: false, failure: reported.parse(JSON.parse(frame.payload)) },
      );
    }
  });
  channel.on("error", () => undefined); // the process is gone; its exit tells how

  const exit = new Promise<void>((resolve) => {
    const ended = (code: number | null, signal: string | null) => {
      alive = false;
      clearTimeout(loadTimer);
      loaded(exited("none", code, signal));
      if (running) finish({ succeeded: false, failure: exited(running.requestId, code, signal) });
      resolve();
    };
    child.once("exit", ended);
    child.once("error", () => ended(null, "not started"));
  });

  return {
    started,
    usable: () => alive,
    invoke: (requestId, payload) =>
      new Promise((end) => {
        const milliseconds = declared.timeoutSeconds * 1000;
        const timer = setTimeout(() => {
          alive = false;
          child.kill("SIGKILL");
          finish({ succeeded: false, failure: timedOut(requestId, declared.timeoutSeconds) });
        }, milliseconds);
        running = { requestId, timer, end };
        const deadline = Date.now() + milliseconds;
        writeFrame(channel, { header: { requestId, functionArn: declared.arn, deadline }, payload });
      }),
    kill: () => {
      alive = false;
      child.kill("SIGKILL");
      return exit;
    },
  };
}

function channelOf(child: ChildProcess): Duplex {
  const channel = child.stdio[3];
  if (channel instanceof Duplex) return channel;
  if (channel instanceof Readable) channel.destroy();
  throw new Error("The function's process was started without its channel (file descriptor 3).");
}
