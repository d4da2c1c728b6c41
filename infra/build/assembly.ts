import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { inputsHash } from "./inputs-hash.ts";
import { withLock } from "./lock.ts";
import { built, root } from "./project.ts";

const assemblies = join(built, "assemblies");
/** Assemblies kept beside the newest: a stack that is running still loads code from the one it started with. */
const keptAssemblies = 5;

/** Building or synthesizing failed. The message holds what the build said. */
export class AssemblyNotBuiltError extends Error {
  override readonly name = "AssemblyNotBuiltError";

  constructor(output: string) {
    super(`The app could not be built and synthesized. Mend what it says, then start again.\n${output.trim()}`);
  }
}

/**
 * Directory of the cloud assembly of the sources as they are now; builds and synthesizes only when they changed.
 *
 * Each state of the sources has a directory of its own, which appears complete or not at all and never changes afterwards,
 * so that a stack may run from it while another is made. Safe for any number of callers and processes.
 *
 * @param report - is told, in a sentence, when there is something to wait for.
 * @throws {AssemblyNotBuiltError}
 */
export async function ensureAssembly(report: (sentence: string) => void = () => {}): Promise<string> {
  const directory = join(assemblies, (await inputsHash()).slice(0, 20));
  if (!existsSync(directory)) {
    await withLock(join(built, "assembly.lock"), async () => {
      if (!existsSync(directory)) await make(directory, report);
    });
  }
  await markUsed(directory);
  return directory;
}

async function make(directory: string, report: (sentence: string) => void): Promise<void> {
  report("Building functions and page, and synthesizing the app: some ten seconds, once for each change.");
  await mkdir(assemblies, { recursive: true });
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await synthesize(unfinished);
  await rename(unfinished, directory);
  await prune();
}

/** In a process of its own: CDK, esbuild and Vite never burden the one that asks. */
function synthesize(directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, "synthesize.ts");
    const child = spawn(process.execPath, ["--import", "tsx", script, directory], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new AssemblyNotBuiltError(output))));
  });
}

async function markUsed(directory: string): Promise<void> {
  const now = new Date();
  await utimes(directory, now, now);
}

async function prune(): Promise<void> {
  const names = await readdir(assemblies);
  const aged = await Promise.all(
    names.map(async (name) => ({ path: join(assemblies, name), usedAt: (await stat(join(assemblies, name))).mtimeMs })),
  );
  const oldestLast = aged.sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of oldestLast.slice(keptAssemblies)) await rm(path, { recursive: true, force: true });
}
