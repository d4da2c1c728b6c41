import { ensureAssembly } from "../../infra/build/assembly.ts";
import { type Grant, listGrants } from "../../local/iam/principals.ts";
import { readTemplate } from "../../local/template/read-template.ts";
import { play, type Scenario, scenarios } from "../stack/scenarios.ts";
import { openTestStack } from "../stack/test-stack.ts";
import { unusedLocally } from "./unused-locally.ts";

/**
 * `npm run check:grants [-- words…]`: takes each grant of the template away in turn, plays the scenarios that
 * need its role, and names the one that fails. With words, only the grants whose line holds them all. A grant that nobody misses is one too many, and fails the run.
 */
const words = process.argv.slice(2);
const assembly = await ensureAssembly(console.log);
const template = readTemplate(assembly);
const grants = listGrants(template).filter((grant) => words.every((word) => told(grant).includes(word)));
/** Without a call that it waits for, a scenario would wait for ever; this long is enough for every healthy one. */
const patienceSeconds = 12;

const missedByNobody: Grant[] = [];
for (const grant of grants) {
  const reason = unusedLocally.find(({ matches }) => matches(grant));
  const noticed = reason ? `not used on one machine: ${reason.why}` : await whoNotices(grant);
  if (noticed === null) missedByNobody.push(grant);
  console.log(`${noticed === null ? "MISSED BY NOBODY" : "ok"}  ${told(grant)}  ${noticed ?? ""}`);
}
console.log(`${grants.length - missedByNobody.length} passed, ${missedByNobody.length} failed`);
process.exit(missedByNobody.length > 0 ? 1 : 0);

/** Title of the first scenario that fails without the grant. */
async function whoNotices(grant: Grant): Promise<string | null> {
  for (const scenario of scenarios.filter(({ roles }) => roles.some((role) => grant.role.includes(role)))) {
    if (await failsWithout(grant, scenario)) return `fails: ${scenario.title}`;
  }
  return null;
}

async function failsWithout(grant: Grant, scenario: Scenario): Promise<boolean> {
  const without = [grant, ...listGrants(template).filter((other) => scenario.without?.(other) ?? false)];
  const test = await openTestStack({ assembly, without, patienceSeconds, turned: scenario.turned ?? false });
  try {
    await play(scenario, test);
    return false;
  } catch {
    return true;
  } finally {
    await test.close();
  }
}

function told({ role, action, resource }: Grant): string {
  return `${role}  ${action}  ${resource}`;
}
