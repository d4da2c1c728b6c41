import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { bundleFunctions } from "../../infra/build/bundle-functions.ts";
import { parseSettings } from "../../infra/settings.ts";
import { createSignoffApp } from "../../infra/signoff-app.ts";
import { standInBuild } from "../infra/stand-in-build.ts";

/** An assembly of the sources as they are, with settings that the repository does not have; its page is a stand-in. Gone with the test. */
export async function assemblyWith(settings: Record<string, unknown>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "signoff-assembly-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const built = standInBuild(join(directory, "built"));
  await bundleFunctions({ directory: join(built, "functions") });
  const outdir = join(directory, "assembly");
  createSignoffApp({ outdir, built, settings: parseSettings(settings, "the test") }).synth();
  return outdir;
}
