import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openStorage, type Storage } from "../storage/storage.ts";

/** Everything that one stack keeps on disk, under one folder. */
export interface StateDirectory {
  readonly root: string;
  readonly inbox: string;
  readonly outcomes: string;
  readonly logs: string;
  /** Emptied at each start. */
  readonly temporary: string;
  /** A folder of a service's own. */
  folder(name: string): string;
  storage(name: string): Promise<Storage>;
  /** True until a first start on this folder was finished. */
  readonly isNew: boolean;
  /** Ends the first start; a start that fails half-way stays the first. */
  firstStartDone(): void;
  /** Closes every storage that was opened, and gives up the folder. */
  close(): Promise<void>;
}

/** Another running stack holds the folder. */
class DataDirectoryInUseError extends Error {
  override readonly name = "DataDirectoryInUseError";

  constructor(directory: string, pid: string) {
    super(
      `Another Signoff (process ${pid}) runs on ${directory}. Stop it, or give this one a folder of its own with --data.`,
    );
  }
}

/** The folder holds something, and it is not Signoff's: nothing is deleted or written. */
class NotSignoffStateError extends Error {
  override readonly name = "NotSignoffStateError";

  constructor(directory: string) {
    super(`${directory} holds files that are not Signoff's state. Choose an empty or a new folder with --data.`);
  }
}

const marker = "signoff-state.json";
const markerText = `${JSON.stringify({ signoff: "state of one machine", version: 1 })}\n`;

/** @throws {DataDirectoryInUseError, NotSignoffStateError} */
export async function openStateDirectory(
  directory: string,
  { fresh = false, open = openStorage }: { fresh?: boolean; open?: typeof openStorage | undefined } = {},
): Promise<StateDirectory> {
  const root = resolve(directory);
  const known = existsSync(join(root, marker));
  if (!known && existsSync(root) && readdirSync(root).length > 0) throw new NotSignoffStateError(root);
  mkdirSync(root, { recursive: true });
  // LevelDB's lock is the operating system's: it is gone with its process, however that ended.
  let lock = await openLock(root, open);
  if (fresh) {
    await lock.close();
    for (const name of readdirSync(root))
      if (name !== marker) rmSync(join(root, name), { recursive: true, force: true });
    lock = await openLock(root, open);
  }
  const firstStart = join(root, "first-start");
  if (fresh || !known) writeFileSync(firstStart, "");
  writeFileSync(join(root, marker), markerText);
  writeFileSync(join(root, "pid"), String(process.pid));
  const temporary = join(root, "tmp");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary);

  const storages: Storage[] = [lock];
  return {
    root,
    temporary,
    inbox: join(root, "inbox"),
    outcomes: join(root, "outcomes"),
    logs: join(root, "logs"),
    isNew: existsSync(firstStart),
    firstStartDone: () => rmSync(firstStart, { force: true }),
    folder: (name) => {
      const path = join(root, "state", name);
      mkdirSync(path, { recursive: true });
      return path;
    },
    storage: async (name) => {
      const storage = await open(join(root, "state", name));
      storages.push(storage);
      return storage;
    },
    close: async () => {
      for (const storage of storages.reverse()) await storage.close();
    },
  };
}

async function openLock(root: string, open: typeof openStorage): Promise<Storage> {
  try {
    return await open(join(root, "state", "lock"));
  } catch (error) {
    if (!isLocked(error)) throw error;
    const pidFile = join(root, "pid");
    throw new DataDirectoryInUseError(root, existsSync(pidFile) ? readFileSync(pidFile, "utf8") : "unknown");
  }
}

/** classic-level wraps the reason: LEVEL_DATABASE_NOT_OPEN, caused by LEVEL_LOCKED. */
function isLocked(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "LEVEL_LOCKED") || isLocked(error.cause);
}
