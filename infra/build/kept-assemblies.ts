import { readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./lock.ts";

const userMark = ".used-by-";

/** Notes that this process runs from the assembly: a Lambda that starts an hour from now still loads its code from there. */
export async function markUsed(assembly: string): Promise<void> {
  const now = new Date();
  await utimes(assembly, now, now);
  await writeFile(`${assembly}${userMark}${process.pid}`, "");
}

/** Removes all but the `keep` assemblies used last and those that a living process runs from. */
export async function removeUnused(assemblies: string, keep: number): Promise<void> {
  const found = await readdir(assemblies, { withFileTypes: true });
  const marks = found.filter((entry) => entry.isFile() && entry.name.includes(userMark)).map(({ name }) => name);
  const finished = found.filter((entry) => entry.isDirectory() && !entry.name.endsWith(".unfinished"));
  const aged = await Promise.all(
    finished.map(async ({ name }) => ({ name, usedAt: (await stat(join(assemblies, name))).mtimeMs })),
  );
  const newestFirst = aged.sort((a, b) => b.usedAt - a.usedAt);
  for (const { name } of newestFirst.slice(keep)) {
    const ownMarks = marks.filter((mark) => mark.startsWith(`${name}${userMark}`));
    if (ownMarks.some((mark) => isAlive(Number(mark.slice(name.length + userMark.length))))) continue;
    for (const gone of [name, ...ownMarks]) await rm(join(assemblies, gone), { recursive: true, force: true });
  }
}
