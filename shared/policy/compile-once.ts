import type { Workflow } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";
import { hashOf } from "../ledger/chain.ts";
import { type CompiledPolicy, compilePolicy } from "./compile.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Compiled policies that one process keeps: those in force, and the ones before a change that it still meets. */
const keptPolicies = 20;

/** Compiles each document once a process, told apart by workflow, version and content. The function throws PolicyInvalidError. */
export function createCompiler(
  vocabularies: Readonly<Record<Workflow, Vocabulary>>,
): (policy: Policy) => CompiledPolicy {
  const compiled = new Map<string, CompiledPolicy>();
  return (policy) => {
    const key = `${policy.workflow}/${policy.version}/${hashOf(policy)}`;
    const found = compiled.get(key);
    if (found) return found;
    const fresh = compilePolicy(policy, vocabularies[policy.workflow]);
    const [oldest] = compiled.keys();
    if (oldest !== undefined && compiled.size >= keptPolicies) compiled.delete(oldest);
    compiled.set(key, fresh);
    return fresh;
  };
}
