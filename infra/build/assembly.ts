import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inputsHash } from "./inputs-hash.ts";
import { markUsed, removeUnused } from "./kept-assemblies.ts";
import { withLock } from "./lock.ts";
import { madeOnce } from "./made-once.ts";
import { built, root } from "./project.ts";

const assemblies = join(built, "assemblies");
/** Assemblies kept beside the newest and those in use: going back to another branch is then a start without waiting. */
const keptAssemblies = 5;

/** Building or synthesizing failed. The message holds what the build said. */
class AssemblyNotBuiltError extends Error {
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
  const hash = await inputsHash();
  const directory = await madeOnce(assemblyOf(hash), (unfinished) =>
    // Bundles and page are built in one place, `dist/`: one process at a time.
    withLock(join(built, "building.lock"), async () => {
      report("Building functions and page, and synthesizing the app: some ten seconds, once for each change.");
      await synthesize(unfinished);
      await removeUnused(assemblies, keptAssemblies);
      // Sources that changed meanwhile make an assembly that runs, but of no one state: it is never taken for one.
      return (await inputsHash()) === hash ? undefined : `${assemblyOf(hash)}-${randomUUID()}`;
    }),
  );
  await markUsed(directory);
  return directory;
}

const assemblyOf = (hash: string) => join(assemblies, hash.slice(0, 20));

/** In a process of its own: CDK, esbuild and Vite never burden the one that asks. */
function synthesize(directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL("./synthesize.ts", import.meta.url));
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
