import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { root } from "./project.ts";

/** Folders and files that bundles, page and template are made of. What is missing counts as empty. */
const inputs = [
  "functions",
  "infra",
  "page",
  "shared",
  "statemachines",
  "cdk.json",
  "package-lock.json",
  "settings.json",
  "tsconfig.json",
];

/** SHA-256, hex, of the path and content of everything that goes into the cloud assembly. */
export async function inputsHash(directory = root): Promise<string> {
  const files = (await Promise.all(inputs.map((input) => filesOf(join(directory, input))))).flat().sort();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash("sha256");
  files.forEach((file, index) => {
    const content = contents[index] ?? Buffer.of();
    hash.update(`${relative(directory, file).replaceAll(sep, "/")}\0${content.length}\0`).update(content);
  });
  return hash.digest("hex");
}

async function filesOf(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
}
