import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { withLock } from "./lock.ts";

/**
 * Has `make` fill `directory` unless it exists. It appears complete or not at all, also when processes are killed, and is
 * made once however many callers and processes ask at the same time. `make` may answer another path that it shall have
 * instead.
 */
export async function madeOnce(
  directory: string,
  make: (unfinished: string) => Promise<string | undefined>,
): Promise<string> {
  if (existsSync(directory)) return directory;
  await mkdir(dirname(directory), { recursive: true });
  return withLock(`${directory}.lock`, async () => {
    if (existsSync(directory)) return directory;
    const unfinished = `${directory}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    const finished = (await make(unfinished)) ?? directory;
    await rename(unfinished, finished);
    return finished;
  });
}
