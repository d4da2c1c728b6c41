import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HandlerFunction } from "../../infra/functions/handler-function.ts";
import { parseSettings } from "../../infra/settings.ts";
import { createSignoffApp } from "../../infra/signoff-app.ts";
import { type Wildcard, wildcards } from "../../infra/wildcards.ts";
import { type Grant, grantsOf } from "./policies.ts";
import { standInBuild } from "./stand-in-build.ts";
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

  it("fail synthesis when they are not in the list", () => {
    const directory = mkdtempSync(join(tmpdir(), "signoff-wildcard-"));
    const app = createSignoffApp({
      outdir: join(directory, "assembly"),
      built: standInBuild(join(directory, "built")),
      settings: parseSettings({}, "the test"),
    });
    const getMe = app.node.findChild("Signoff").node.findChild("Functions").node.findChild("GetMe");
    if (getMe instanceof HandlerFunction) getMe.allow(["s3:GetObject"], ["arn:aws:s3:::*"]);
    expect(() => app.synth()).toThrow(/GetMe.*\n.*Resource::arn:aws:s3:::\*/);
  });

  it("are all still in use", () => {
    const used = (entry: Wildcard) =>
      entry.finding.startsWith("Resource::")
        ? withWildcard.some((grant) => covers(entry, grant))
        : grants.some(
            ({ heldBy, actions }) =>
              heldBy === entry.heldBy && actions.includes(entry.finding.slice("Action::".length)),
          );
    expect(wildcards.filter((entry) => !used(entry))).toEqual([]);
  });

  it("never stand for actions, save in CDK's own uploader of the page", () => {
    const anyAction = grants.filter(({ actions }) => actions.some((action) => action.includes("*")));
    expect([...new Set(anyAction.map(({ heldBy }) => heldBy))]).toEqual([
      "Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C",
    ]);
  });
});
