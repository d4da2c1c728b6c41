import type { AwsRequest } from "../../../local/wire/service.ts";
import type { AwsCall } from "../injector.ts";
import type { World } from "../world.ts";

/** Whoever reads the policy after an owner was told that the workflow is stopped lets nothing pass alone. */
export function watchGate(world: World, { action }: AwsCall, { headers, body }: AwsRequest): void {
  const invocation = headers["x-amzn-trace-id"];
  if (invocation === undefined) return;
  if (action === "GetItem" && body.includes('"POLICY#invoices"') && body.includes('"CURRENT"'))
    world.readWhileStopped.set(invocation, world.stopped);
  if (action !== "TransactWriteItems" || !world.readWhileStopped.get(invocation)) return;
  const text = body.toString("utf8");
  if (text.includes('"ProposalGated"') && text.includes('"kind":{"S":"pass"}'))
    world.violated("a case passed alone though the workflow was stopped");
}
