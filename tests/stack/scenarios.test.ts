import { expect, it } from "vitest";
import { ensureAssembly } from "../../infra/build/assembly.ts";
import { listGrants } from "../../local/iam/principals.ts";
import { readTemplate } from "../../local/template/read-template.ts";
import { play, scenarios } from "./scenarios.ts";
import { openTestStack } from "./test-stack.ts";

it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", async (_, scenario) => {
  const grants = listGrants(readTemplate(await ensureAssembly()));
  const without = scenario.without ? grants.filter(scenario.without) : [];
  expect(without.length > 0).toBe(scenario.without !== undefined);
  const test = await openTestStack({ without, turned: scenario.turned ?? false });
  try {
    await play(scenario, test);
  } finally {
    await test.close();
  }
});
