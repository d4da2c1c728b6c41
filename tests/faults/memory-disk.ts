import type { Storage, Write } from "../../local/storage/storage.ts";

type Folder = Map<string, string>;
export type DiskImage = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface DiskWatch {
  /** Before a batch reaches the disk. */
  writing(): void;
  /** After it did, and before whoever wrote knows. */
  written(): void;
}

/**
 * A disk that outlives the process in front of it. Pulling the plug is a process killed: batches that were under way are there
 * or not, the earlier rather than the later, and nobody who asked ever hears of it.
 */
export class MemoryDisk {
  #folders = new Map<string, Folder>();
  #unplug: ((keep: () => boolean) => void) | undefined;
  #forget: () => void = () => undefined;
  #pending = 0;

  /** Batches under way. */
  get pending(): number {
    return this.#pending;
  }

  image(): DiskImage {
    return copy(this.#folders);
  }

  restore(image: DiskImage): void {
    this.#folders = copy(image);
  }

  /** Opens storages for one start of the stack. */
  plug(watch: DiskWatch): (directory: string) => Promise<Storage> {
    let plugged = true;
    const underWay: (() => void)[] = [];
    this.#pending = 0;
    this.#unplug = (keep) => {
      plugged = false;
      this.#pending = 0;
      for (const apply of underWay.splice(0)) {
        if (!keep()) break;
        apply();
      }
    };
    const never = () => new Promise<never>(() => undefined);
    const forgotten = new Promise<void>((resolve) => {
      this.#forget = resolve;
    });
    return async (directory) => {
      const folder = this.#folder(directory);
      return {
        write: async (writes) => {
          if (!plugged) return forgotten;
          const apply = () => applyTo(folder, writes);
          underWay.push(apply);
          this.#pending += 1;
          await new Promise((resolve) => setImmediate(resolve));
          if (plugged) watch.writing();
          if (!plugged) return forgotten;
          underWay.splice(underWay.indexOf(apply), 1);
          apply();
          watch.written();
          if (!plugged) return forgotten;
          this.#pending -= 1;
        },
        get: async (key) => (plugged ? parsed(folder.get(key)) : never()),
        entries: async function* (prefix) {
          for (const key of [...folder.keys()].filter((one) => one.startsWith(prefix)).sort()) {
            const value = folder.get(key);
            if (plugged && value !== undefined) yield [key, JSON.parse(value)];
          }
        },
        close: async () => undefined,
      };
    };
  }

  /** @param keep - asked once for each batch under way, oldest first, until it says no: did this one still reach the disk? */
  pullPlug(keep: () => boolean): void {
    this.#unplug?.(keep);
    this.#unplug = undefined;
  }

  /** Lets those who wait for the disk they lost come to their end. Only once nobody can hear them any more. */
  forget(): void {
    this.#forget();
  }

  #folder(directory: string): Folder {
    const known = this.#folders.get(directory) ?? new Map<string, string>();
    this.#folders.set(directory, known);
    return known;
  }
}

const copy = (folders: DiskImage) => new Map([...folders].map(([name, folder]) => [name, new Map(folder)] as const));
const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

function applyTo(folder: Folder, writes: readonly Write[]): void {
  for (const write of writes) {
    if ("delete" in write) folder.delete(write.key);
    else folder.set(write.key, JSON.stringify(write.value));
  }
}
