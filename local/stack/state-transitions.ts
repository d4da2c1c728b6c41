import * as z from "zod";
import type { Principal } from "../iam/principal.ts";
import { operator } from "../iam/principals.ts";
import type { States } from "../states/states.ts";

/** Calls Step Functions inside the process, signed by nobody but judged as `principal`. */
export async function callStates(
  states: States,
  principal: Principal,
  action: string,
  input: unknown,
): Promise<unknown> {
  const response = await states.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": `AWSStepFunctions.${action}` },
    body: Buffer.from(JSON.stringify(input)),
    principal,
  });
  return JSON.parse(String(response.body ?? "{}"));
}

const listing = z.object({
  executions: z.array(z.object({ executionArn: z.string() })),
  nextToken: z.string().nullish(),
});

/** Transitions that AWS would have billed for every execution of these machines. */
export async function allTransitions(states: States, machineArns: readonly string[]): Promise<number> {
  let transitions = 0;
  for (const stateMachineArn of machineArns) {
    let nextToken: string | undefined;
    do {
      const input = { stateMachineArn, maxResults: 1000, ...(nextToken === undefined ? {} : { nextToken }) };
      const page = listing.parse(await callStates(states, operator, "ListExecutions", input));
      for (const { executionArn } of page.executions) transitions += await states.billedTransitions(executionArn);
      nextToken = page.nextToken ?? undefined;
    } while (nextToken !== undefined);
  }
  return transitions;
}
