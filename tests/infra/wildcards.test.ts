import { describe, expect, it } from "vitest";
import { type Wildcard, wildcards } from "../../infra/wildcards.ts";
import { type Grant, grantsOf } from "./policies.ts";
import { synthesize } from "./synthesized.ts";

const grants = grantsOf(await synthesize());

const covers = ({ finding, heldBy, actions }: Wildcard, grant: Grant): boolean =>
  finding === `Resource::${grant.resource}` &&
  (heldBy === undefined || heldBy === grant.heldBy) &&
  (actions === undefined || grant.actions.every((action) => actions.includes(action)));

describe("wildcards", () => {
  const withWildcard = grants.filter(({ resource }) => resource.includes("*"));

  it("stand with their reason in one list, each", () => {
    expect(withWildcard.length).toBeGreaterThan(10);
    const unreasoned = withWildcard.filter((grant) => !wildcards.some((entry) => covers(entry, grant)));
    expect(unreasoned).toEqual([]);
  });

  it("are all still in use", () => {
    const used = ({ finding, heldBy, ...rest }: Wildcard) =>
      finding.startsWith("Resource::")
        ? withWildcard.some((grant) => covers({ finding, heldBy, ...rest } as Wildcard, grant))
        : grants.some((grant) => grant.heldBy === heldBy && grant.actions.includes(finding.slice("Action::".length)));
    expect(wildcards.filter((entry) => !used(entry))).toEqual([]);
  });

  it("never stand for actions, save in CDK's own uploader of the page", () => {
    const anyAction = grants.filter(({ actions }) => actions.some((action) => action.includes("*")));
    expect([...new Set(anyAction.map(({ heldBy }) => heldBy))]).toEqual([
      "Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C",
    ]);
  });
});
