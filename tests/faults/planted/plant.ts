import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../../infra/build/project.ts";
import type { BenchOptions } from "../bench.ts";
import { type Defect, defects } from "./defects.ts";

/** The source no longer holds what the defect replaces: the defect must be planted anew, or the test would prove nothing. */
export class DefectNotPlantedError extends Error {
  override readonly name = "DefectNotPlantedError";

  constructor(file: string, fragment: string, times: number) {
    super(
      `${file} holds the fragment ${times} times, not once. Plant the defect anew in tests/faults/planted/defects.ts: ${fragment}`,
    );
  }
}

/** A bench whose stack has the defect. Production code knows nothing of it: its bundles are made anew from changed sources. */
export async function plant(name: string): Promise<BenchOptions> {
  const defect = defects[name];
  if (!defect) throw new Error(`There is no defect ${name}. Known: ${Object.keys(defects).join(", ")}.`);
  if ("losesTimersBeyondMilliseconds" in defect) return defect;
  const directory = await mkdtemp(join(tmpdir(), "signoff-planted-"));
  for (const functionName of defect.functions) await bundle(functionName, directory, defect);
  return {
    codeOf: (functionName) => (defect.functions.includes(functionName) ? join(directory, functionName) : undefined),
  };
}

type Change = Pick<Extract<Defect, { file: string }>, "file" | "fragment" | "instead">;

/** The source with the defect in it. @throws {DefectNotPlantedError} */
export function patched(source: string, { file, fragment, instead }: Change): string {
  const times = source.split(fragment).length - 1;
  if (times !== 1) throw new DefectNotPlantedError(file, fragment, times);
  return source.replace(fragment, () => instead);
}

async function bundle(functionName: string, directory: string, defect: Change) {
  const path = join(root, defect.file);
  const source = await readFile(path, "utf8");
  const contents = patched(source, defect);
  let planted = false;
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, "functions", functionName, "index.ts")],
    outfile: join(directory, functionName, "index.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    packages: "bundle",
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    logLevel: "error",
    plugins: [
      {
        name: "plant",
        setup: (bundling) =>
          bundling.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            if (loaded !== path) return undefined;
            planted = true;
            return { contents, loader: "ts" };
          }),
      },
    ],
  });
  if (!planted) throw new DefectNotPlantedError(`The bundle of ${functionName}`, defect.file, 0);
}
