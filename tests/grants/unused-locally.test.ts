import { describe, expect, it } from "vitest";
import { ensureAssembly } from "../../infra/build/assembly.ts";
import { listGrants } from "../../local/iam/principals.ts";
import { readTemplate } from "../../local/template/read-template.ts";
import { scenarios } from "../stack/scenarios.ts";
import { unusedLocally } from "./unused-locally.ts";

describe("the grants of the template", async () => {
  const grants = listGrants(readTemplate(await ensureAssembly()));

  it.each(unusedLocally.map((entry) => [entry.why, entry] as const))("hold what AWS needs: %s", (_, { matches }) => {
    expect(grants.filter(matches).length).toBeGreaterThan(0);
  });

  it("belong to roles that a scenario plays, apart from those; npm run check:grants takes each away", () => {
    const used = grants.filter((grant) => !unusedLocally.some(({ matches }) => matches(grant)));
    const played = scenarios.flatMap(({ roles }) => roles);
    expect(used.filter(({ role }) => !played.some((part) => role.includes(part)))).toEqual([]);
  });
});
