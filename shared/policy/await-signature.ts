import type { PolicyChanges, SignatureTokens } from "./policy-changes.ts";

/** Happens when the change is not, or no longer, waiting. Caught by the machine, which goes on to see what became of it. */
export class PolicyChangeSettledError extends Error {
  override readonly name = "PolicyChangeSettledError";

  constructor(changeId: string) {
    super(`The policy change ${changeId} waits for nobody. The machine goes on.`);
  }
}

export interface AwaitSignaturePorts {
  readonly changes: Pick<PolicyChanges, "find">;
  readonly tokens: Pick<SignatureTokens, "keep">;
}

/**
 * Stores the token before it looks: whoever answers commits first and looks for the token second, so that one of the two sees
 * the other, and no answer is lost between them.
 * @throws {PolicyChangeSettledError}
 */
export async function awaitSignature(
  { changeId, taskToken, order }: { readonly changeId: string; readonly taskToken: string; readonly order: string },
  { changes, tokens }: AwaitSignaturePorts,
): Promise<void> {
  await tokens.keep(changeId, taskToken, order);
  const change = await changes.find(changeId);
  if (change?.status !== "waiting") throw new PolicyChangeSettledError(changeId);
}
