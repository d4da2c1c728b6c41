import { existsSync, readdirSync } from "node:fs";
import { copyFile, readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { built, root } from "./project.ts";

export interface Bundle {
  readonly name: string;
  /** Of index.mjs alone. */
  readonly bytes: number;
  /** Of everything that is deployed with it: index.mjs and its companions. */
  readonly totalBytes: number;
}

/** A bundle would fail at its cold start: it imports a package that is not deployed with it. */
export class BundleIncompleteError extends Error {
  override readonly name = "BundleIncompleteError";

  constructor(bundle: string, packages: readonly string[]) {
    super(
      `${bundle} imports ${packages.join(", ")}, which is not in it. See neverReached in infra/build/bundle-functions.ts.`,
    );
  }
}

/** A module that, once bundled, looks for further files beside the bundle. */
interface Companions {
  readonly of: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

const companions: readonly Companions[] = [
  {
    of: "shared/documents/worker/reading-thread.ts",
    scripts: { "reading-worker": "shared/documents/worker/reading-worker.ts" },
    files: { "pdfium.wasm": "@hyzyla/pdfium/pdfium.wasm" },
  },
];

/** Bundled CommonJS packages ask for Node's own modules by `require`, which an ES module does not have. */
const requireForCommonJs =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';

/**
 * Ways to credentials that the SDK imports only when the environment holds none. A Lambda's environment always does, and so
 * does a function's on one machine: 130 KiB a bundle that nobody loads.
 */
const neverReached = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

const bundling = {
  absWorkingDir: root,
  bundle: true,
  platform: "node" as const,
  format: "esm" as const,
  // Deployed on nodejs24.x; the very same bundle runs on one machine, where Node may be 20.
  target: "node20",
  // Without this, esbuild takes the AWS SDK's CommonJS builds, which cannot be shaken: 570 KiB instead of 348.
  mainFields: ["module", "main"],
  outExtension: { ".js": ".mjs" },
  external: neverReached,
  banner: { js: requireForCommonJs },
  minify: true,
  legalComments: "none" as const,
  metafile: true as const,
  logLevel: "warning" as const,
} satisfies BuildOptions;

export interface BundlingProps {
  /** Holds one folder a function. @default - `functions` */
  readonly sources?: string;
  /** @default - `dist/functions` */
  readonly directory?: string;
}

/** Bundles every folder of `sources` that has an `index.ts`, in one pass, to `<directory>/<name>/index.mjs`. */
export async function bundleFunctions({
  sources = join(root, "functions"),
  directory = join(built, "functions"),
}: BundlingProps = {}): Promise<readonly Bundle[]> {
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const names = functionNames(sources);
  const entryPoints = Object.fromEntries(names.map((name) => [`${name}/index`, join(sources, name, "index.ts")]));
  const { metafile } = await build({ ...bundling, entryPoints, outdir: unfinished });
  refuseMissingPackages(metafile);
  for (const name of names) {
    for (const needed of companions.filter(({ of }) => inputsOf(metafile, name).has(of)))
      await addCompanions(join(unfinished, name), needed);
  }
  // Whoever synthesizes meanwhile finds the old bundles or the new ones, never some of each.
  await rm(directory, { recursive: true, force: true });
  await rename(unfinished, directory);
  return Promise.all(names.map((name) => measure(directory, name)));
}

function functionNames(sources: string): string[] {
  return readdirSync(sources)
    .filter((name) => existsSync(join(sources, name, "index.ts")))
    .sort();
}

function inputsOf({ outputs }: Metafile, name: string): ReadonlySet<string> {
  const bundle = Object.entries(outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`));
  return new Set(Object.keys(bundle?.[1].inputs ?? {}));
}

/** A bundle brings all it imports, save for Node's own modules and what is imported only where it is never reached. */
function refuseMissingPackages({ outputs }: Metafile): void {
  for (const [path, { imports }] of Object.entries(outputs)) {
    const missing = imports.filter((one) => one.kind !== "dynamic-import" && !isBuiltin(one.path));
    if (missing.length > 0) throw new BundleIncompleteError(path, [...new Set(missing.map((one) => one.path))]);
  }
}

async function addCompanions(directory: string, { scripts, files }: Companions): Promise<void> {
  await build({ ...bundling, entryPoints: { ...scripts }, outdir: directory });
  const { resolve } = createRequire(import.meta.url);
  for (const [file, source] of Object.entries(files)) await copyFile(resolve(source), join(directory, file));
}

async function measure(directory: string, name: string): Promise<Bundle> {
  const sizes = new Map<string, number>();
  for (const file of await readdir(join(directory, name)))
    sizes.set(file, (await stat(join(directory, name, file))).size);
  return {
    name,
    bytes: sizes.get("index.mjs") ?? 0,
    totalBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
  };
}
