import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { functions } from "../../shared/contracts/functions.ts";

/** Writes what `npm run build` would, with functions and a page that do nothing: enough to synthesize, nothing to run. */
export function standInBuild(directory: string): string {
  for (const name of Object.keys(functions)) {
    mkdirSync(join(directory, "functions", name), { recursive: true });
    writeFileSync(join(directory, "functions", name, "index.mjs"), `export const handler = async () => "${name}";\n`);
  }
  mkdirSync(join(directory, "page"), { recursive: true });
  writeFileSync(join(directory, "page", "index.html"), "<!doctype html><title>stand-in</title>\n");
  return directory;
}
