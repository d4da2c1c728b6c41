import type { Policy } from "../../../shared/contracts/policy.ts";
import { compilePolicy } from "../../../shared/policy/compile.ts";
import { aPerson, noon } from "../case/builders.ts";
import { inMemoryAnnouncer, inMemoryPeople, inMemoryTokens } from "../case/in-memory-ports.ts";
import { aPolicy, aVocabulary } from "./a-policy.ts";
import { inMemoryPolicies } from "./in-memory-policies.ts";
import { inMemoryPolicyChanges, inMemorySignatureTokens } from "./in-memory-policy-changes.ts";

/** Olga and Oskar own the workflow, Rita reviews. Grades and the clock are there to be changed. */
export function aPolicyDesk(file: Policy = aPolicy()) {
  const policies = inMemoryPolicies(file);
  const changes = inMemoryPolicyChanges(policies);
  const waiting = inMemoryTokens("token-1");
  const started: string[] = [];
  const failures: unknown[] = [];
  const graded = { cases: 0, wrong: 0, since: [] as Date[] };
  const clock = { at: noon };
  const tokens = inMemorySignatureTokens();
  return {
    policies,
    changes,
    tokens,
    waiting,
    started,
    failures,
    graded,
    clock,
    announcer: inMemoryAnnouncer(),
    people: inMemoryPeople(aPerson("olga", { role: "owner" }), aPerson("oskar", { role: "owner" }), aPerson("rita")),
    grades: {
      of: async (_workflow: unknown, _stage: unknown, since: Date) => {
        graded.since.push(since);
        return graded;
      },
    },
    executions: { start: async ({ changeId }: { changeId: string }) => void started.push(changeId) },
    compile: (_workflow: unknown, document: unknown) => compilePolicy(document, aVocabulary),
    vocabularies: { invoices: aVocabulary },
    wake: waiting.succeed,
    wakeFailed: (error: unknown) => void failures.push(error),
    now: () => clock.at,
  };
}
