import { lstatSync } from "node:fs";
import { join } from "node:path";

export interface FileState {
  readonly sizeBytes: number;
  /** Milliseconds since 1970, with fractions. */
  readonly modifiedAt: number;
}

export interface SettlingOptions {
  readonly directory: string;
  readonly settleMilliseconds: number;
  /** Files that settle together are told of in the order that `first` asks for. */
  settled(key: string, state: FileState): void;
  /** Whether a file is told of before others. */
  first(key: string): boolean;
}

export interface Settling {
  /** The file is new or has changed. */
  saw(key: string): void;
  /** Files still being watched. */
  pending(): number;
  isPending(key: string): boolean;
  close(): void;
}

const looksUntilSettled = 3;

/** Waits until a file has had the same size and time for a while: one timer for all of them, since thousands may come at once. */
export function createSettling({ directory, settleMilliseconds, settled, first }: SettlingOptions): Settling {
  const watched = new Map<string, { state: FileState | undefined; looks: number }>();
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const done: { key: string; state: FileState }[] = [];
    for (const [key, before] of watched) {
      const state = stateOf(join(directory, key));
      if (!state) watched.delete(key);
      else if (state.sizeBytes !== before.state?.sizeBytes || state.modifiedAt !== before.state.modifiedAt) {
        watched.set(key, { state, looks: 0 });
      } else if (before.looks + 1 >= looksUntilSettled) {
        watched.delete(key);
        done.push({ key, state });
      } else watched.set(key, { state, looks: before.looks + 1 });
    }
    timer = undefined;
    done.sort((left, right) => Number(first(right.key)) - Number(first(left.key)));
    for (const { key, state } of done) settled(key, state);
    arm();
  };
  const arm = () => {
    if (watched.size > 0) timer ??= setTimeout(look, settleMilliseconds / looksUntilSettled);
  };

  return {
    saw: (key) => {
      if (!watched.has(key)) watched.set(key, { state: stateOf(join(directory, key)), looks: 0 });
      arm();
    },
    pending: () => watched.size,
    isPending: (key) => watched.has(key),
    close: () => {
      watched.clear();
      clearTimeout(timer);
    },
  };
}

function stateOf(path: string): FileState | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? { sizeBytes: found.size, modifiedAt: found.mtimeMs } : undefined;
}
