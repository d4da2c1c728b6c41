// A function's environment as a thread: loads the handler, then answers one invocation at a time. Time comes from shared memory.
import crypto from "node:crypto";
import { existsSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

const time = new BigInt64Array(workerData.time);
const now = () => Number(Atomics.load(time, 0));
const RealDate = Date;
globalThis.Date = class TurnedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }
  static now() {
    return now();
  }
};

// The SDK's pauses between attempts, a twentieth as long: the clock stands meanwhile. Longer delays are limits, and stay.
const longestPauseMilliseconds = 5_000;
const realSetTimeout = globalThis.setTimeout;
globalThis.setTimeout = (callback, milliseconds = 0, ...rest) =>
  realSetTimeout(callback, milliseconds > longestPauseMilliseconds ? milliseconds : milliseconds / 20, ...rest);

// What a function draws at random is drawn for it, so that a seed goes the same way each time.
let luck = 0;
crypto.randomInt = (below) => {
  luck = (luck * 9_301 + 0.492_91) % 1;
  return Math.floor(luck * below);
};
syncBuiltinESMExports();

const described = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

async function loadHandler() {
  const [module, name] = process.env._HANDLER.split(".");
  const file = [".mjs", ".js", ".cjs"].map((end) => join(workerData.directory, module + end)).find(existsSync);
  return (await import(pathToFileURL(file).href))[name];
}

let handler;
const loaded = loadHandler().then((found) => {
  handler = found;
});

parentPort.on("message", async ({ requestId, trace, payload, luck: drawn }) => {
  luck = drawn;
  try {
    await loaded;
    process.env._X_AMZN_TRACE_ID = trace; // the SDK sends it along with every call
    const context = {
      awsRequestId: requestId,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => workerData.timeoutMilliseconds,
    };
    const answer = JSON.stringify((await handler(JSON.parse(payload), context)) ?? null) ?? "null";
    parentPort.postMessage({ succeeded: true, payload: answer });
  } catch (error) {
    parentPort.postMessage({ succeeded: false, failure: described(error) });
  }
});
