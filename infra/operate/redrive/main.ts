import { parseArgs } from "node:util";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { redriveResponse } from "../../../shared/contracts/api.ts";
import { commandLine, runCommand } from "../command.ts";
import { findTarget, targetFlags, targetUsage } from "../target.ts";
import { reportLines } from "./report.ts";

const usage = `Usage: npm run redrive -- [options]
${targetUsage}
Safe to repeat, also at the same time. Exit code: 0 nothing is left, 1 something still fails, 2 it could not be run.`;

/** `npm run redrive`: starts again what failed, by the function that serves POST /api/redrive, with the operator's own rights. */
await runCommand(async () => {
  const { values } = commandLine(usage, () => parseArgs({ args: process.argv.slice(2), options: targetFlags }));
  const target = await findTarget(values);
  console.log(target.description);
  // Once: the function answers within two minutes, and what it did not do is in its answer.
  const lambda = new LambdaClient({ ...target.client, maxAttempts: 1 });
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: target.outputs.RedriveFunction,
      Payload: JSON.stringify({ redrive: "operator" }),
    }),
  );
  const text = Buffer.from(Payload ?? []).toString("utf-8");
  if (FunctionError !== undefined)
    throw new Error(`The function redrive failed; its log says why. It answered: ${text}`);
  const report = redriveResponse.parse(JSON.parse(text));
  for (const line of reportLines(report)) console.log(line);
  return report.failed.length === 0 ? 0 : 1;
});
