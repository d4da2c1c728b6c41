// What runs inside a function's process: loads the handler, then answers one invocation after another on file descriptor 3.
// A frame is four bytes of length, then a line of JSON (the header), then the payload as JSON text.
import { existsSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const maxResponseBytes = 6_291_556; // Lambda: 6 MB of response, with AWS's allowance for the envelope
const exitAfterUncaught = 129; // the codes that Lambda's own runtime exits with
const exitAfterRejection = 128;

const channel = new Socket({ fd: 3, readable: true, writable: true });
// The stack is gone, killed perhaps: nobody would hear an answer any more.
channel.on("close", () => process.exit(0));
channel.on("error", () => process.exit(0));
// Ctrl-C reaches every process of a terminal; when this one ends is for the stack to say.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

let current;

function send(header, payload = "", sent) {
  const body = Buffer.from(`${JSON.stringify(header)}\n${payload}`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  channel.cork();
  channel.write(length);
  channel.write(body, sent);
  channel.uncork();
}

function described(error, errorType) {
  if (!(error instanceof Error))
    return { errorType: errorType ?? typeof error, errorMessage: String(error), trace: [] };
  return { errorType: errorType ?? error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

function die(error, errorType, exitCode) {
  console.error(JSON.stringify({ level: "ERROR", ...described(error, errorType) }));
  if (!current) process.exit(exitCode);
  send({ kind: "failed", requestId: current, dies: true }, JSON.stringify(described(error, errorType)), () =>
    process.exit(exitCode),
  );
}
process.on("uncaughtException", (error) => die(error, undefined, exitAfterUncaught));
process.on("unhandledRejection", (error) => die(error, "Runtime.UnhandledPromiseRejection", exitAfterRejection));

async function loadHandler() {
  const [module, name] = process.env._HANDLER.split(".");
  const root = process.env.LAMBDA_TASK_ROOT;
  const file = [".mjs", ".js", ".cjs"].map((suffix) => join(root, module + suffix)).find((path) => existsSync(path));
  if (!file)
    throw Object.assign(new Error(`Cannot find module '${module}' in ${root}`), { name: "Runtime.ImportModuleError" });
  const loaded = await import(pathToFileURL(file).href);
  const found = loaded[name] ?? loaded.default?.[name];
  if (typeof found === "function") return found;
  const problem = `${process.env._HANDLER} is undefined or not exported`;
  throw Object.assign(new Error(problem), { name: "Runtime.HandlerNotFound" });
}

async function invoke(handler, { requestId, functionArn, deadline }, payload) {
  current = requestId;
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn: functionArn,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const result = await handler(JSON.parse(payload), context);
    const answer = JSON.stringify(result ?? null) ?? "null";
    if (Buffer.byteLength(answer) <= maxResponseBytes) send({ kind: "answered", requestId }, answer);
    else {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
      const failure = { errorType: "Function.ResponseSizeTooLarge", errorMessage, trace: [] };
      send({ kind: "failed", requestId }, JSON.stringify(failure));
    }
  } catch (error) {
    send({ kind: "failed", requestId }, JSON.stringify(described(error)));
  }
  current = undefined;
}

let received = Buffer.alloc(0);
function listen(handler) {
  channel.on("data", (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE()) {
      const body = received.subarray(4, 4 + received.readUInt32BE());
      received = received.subarray(4 + body.length);
      const end = body.indexOf("\n");
      void invoke(handler, JSON.parse(body.toString("utf8", 0, end)), body.toString("utf8", end + 1));
    }
  });
}

try {
  const handler = await loadHandler();
  listen(handler);
  send({ kind: "ready" });
} catch (error) {
  send({ kind: "unloadable" }, JSON.stringify(described(error)), () => process.exit(1));
}
