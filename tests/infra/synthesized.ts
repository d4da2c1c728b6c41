import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { inputsHash } from "../../infra/build/inputs-hash.ts";
import { removeUnused } from "../../infra/build/kept-assemblies.ts";
import { madeOnce } from "../../infra/build/made-once.ts";
import { built } from "../../infra/build/project.ts";
import { parseSettings } from "../../infra/settings.ts";
import { standInBuild } from "./stand-in-build.ts";

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.object({ "aws:cdk:path": z.string().optional() }).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const templateShape = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })),
});
export type Resource = z.infer<typeof resource> & { readonly logicalId: string };

export interface Synthesized {
  readonly resources: readonly Resource[];
  readonly outputs: readonly string[];
  ofType(type: string): readonly Resource[];
}

/** More than the variants of settings that tests ask for, so that none is removed while another is made. */
const keptTemplates = 5;

/**
 * The app's template, as CDK and cdk-nag let it pass, from bundles that do nothing. Synthesized once for each state of the
 * sources and kept under `dist/`, so that test files do not each wait for it.
 */
export async function synthesize(settings: Record<string, unknown> = {}): Promise<Synthesized> {
  const directory = join(built, "stand-in", digest(JSON.stringify(settings), await inputsHash()));
  await madeOnce(directory, async (unfinished) => {
    const { createSignoffApp } = await import("../../infra/signoff-app.ts");
    createSignoffApp({
      outdir: unfinished,
      built: standInBuild(`${directory}.built`),
      settings: parseSettings(settings, "the test"),
    }).synth();
    rmSync(`${directory}.built`, { recursive: true });
    await removeUnused(dirname(directory), keptTemplates);
    return undefined;
  });
  const { Resources, Outputs } = templateShape.parse(
    JSON.parse(readFileSync(join(directory, "Signoff.template.json"), "utf8")),
  );
  const resources = Object.entries(Resources).map(([logicalId, one]) => ({ logicalId, ...one }));
  return {
    resources,
    outputs: Object.keys(Outputs),
    ofType: (type) => resources.filter((one) => one.Type === type),
  };
}

const digest = (...parts: readonly string[]) =>
  createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 20);

/** Path of a resource's construct in the stack, without the last step that CDK adds. */
export function pathOf({ Metadata }: Resource): string {
  return (Metadata["aws:cdk:path"] ?? "").replace(/^Signoff\//, "").replace(/\/Resource$/, "");
}
