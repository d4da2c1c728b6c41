import { join } from "node:path";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { type Lambda, type LambdaOptions, openLambda } from "../../../local/lambda/lambda.ts";
import type { Storage } from "../../../local/storage/storage.ts";
import { aFunction, aRole, writtenTemplate } from "../stack/written-assembly.ts";
import { memoryStorage } from "../states/memory-storage.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";

/** Does what its event says; counts the invocations of its process. */
const obedient = `
let invocations = 0;
export const handler = async (event, context) => {
  invocations += 1;
  console.log(JSON.stringify({ invocation: invocations }));
  if (event.do === "throw") throw Object.assign(new Error("no such luck"), { name: "LuckError" });
  if (event.do === "sleep") await new Promise((resolve) => setTimeout(resolve, event.milliseconds));
  if (event.do === "hang") for (;;);
  if (event.do === "exit") process.exit(event.code);
  if (event.do === "reject") { Promise.reject(new Error("nobody caught me")); await new Promise(() => {}); }
  if (event.do === "grow") return "x".repeat(event.bytes);
  if (event.do === "environment") return { ...process.env };
  return { event, invocations, pid: process.pid, context: { ...context }, remaining: context.getRemainingTimeInMillis() };
};
`;

interface DeadLetter {
  readonly queueArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A Lambda service over functions written for tests: Obedient and Other (2 and 3 s), Broken (does not load), Nameless (no such export). */
export function runningLambda(options: { storage?: Storage } & Partial<LambdaOptions> = {}) {
  const template = writtenTemplate({
    resources: {
      Role: aRole,
      Obedient: aFunction("obedient", {
        Timeout: 2,
        MemorySize: 128,
        Environment: { Variables: { TABLE: "cases", PAGE: "https://page.example" } },
        DeadLetterConfig: { TargetArn: "arn:aws:sqs:us-east-1:000000000000:dead" },
      }),
      Other: aFunction("obedient"),
      Broken: aFunction("broken"),
      Nameless: aFunction("obedient", { Handler: "index.other" }),
      Once: {
        Type: "AWS::Lambda::EventInvokeConfig",
        Properties: {
          FunctionName: { Ref: "Broken" },
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: "arn:aws:sqs:us-east-1:000000000000:failed" } },
        },
      },
    },
    assets: { obedient: { "index.mjs": obedient }, broken: { "index.mjs": "throw new TypeError('bad start');" } },
  });
  const clock = new TurnedClock();
  const deadLetters: DeadLetter[] = [];
  const problems: string[] = [];
  const directory = temporaryDirectory("lambda");
  const lambda: Lambda = openLambda({
    template,
    storage: memoryStorage(),
    clock,
    authorise: () => undefined,
    logsDirectory: join(directory, "logs"),
    temporaryDirectory: join(directory, "tmp"),
    endpointUrl: () => "http://127.0.0.1:9",
    accessKeyOf: () => ({ accessKeyId: "AKIATEST", secretAccessKey: "secret" }),
    localise: (text) => text.replace("https://page.example", "http://127.0.0.1:4700"),
    deadLetter: async (_, queueArn, body, attributes) => void deadLetters.push({ queueArn, body, attributes }),
    report: (problem) => problems.push(problem),
    ...options,
  });
  const arnOf = (logicalId: string) => template.resource(logicalId).attribute("Arn");
  return { lambda, clock, deadLetters, problems, arnOf, logsDirectory: join(directory, "logs") };
}
