import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** A log file of lines that is set aside as `<name>.1` when it is full, so that logs never fill the disk. */
export interface FunctionLog {
  line(text: string): void;
  /** Copies a process's output, line by line. */
  follow(output: Readable): void;
}

/** 10 MB, and as much again in the file set aside: some 50,000 structured lines. */
const maxBytes = 10 * 1024 * 1024;
const flushMilliseconds = 100;

export interface FunctionLogOptions {
  /** Told each line as well, for --verbose. */
  readonly echo?: ((line: string) => void) | undefined;
  /** @default 10 MB */
  readonly maxLogBytes?: number;
}

/** Lines are written together every tenth of a second: a write for each line would cost more than the invocation. */
export function openFunctionLog(
  path: string,
  { echo, maxLogBytes = maxBytes }: FunctionLogOptions = {},
): FunctionLog & { flush(): void } {
  mkdirSync(dirname(path), { recursive: true });
  let size = sizeOf(path);
  let pending: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length === 0) return;
    const text = pending.join("");
    pending = [];
    if (size > 0 && size + text.length > maxLogBytes) {
      rmSync(`${path}.1`, { force: true });
      renameSync(path, `${path}.1`);
      size = 0;
    }
    appendFileSync(path, text);
    size += Buffer.byteLength(text);
  };
  const line = (text: string) => {
    pending.push(`${text}\n`);
    echo?.(text);
    timer ??= setTimeout(flush, flushMilliseconds).unref();
  };

  return {
    line,
    flush,
    follow: (output) => {
      const decoder = new StringDecoder("utf8");
      let rest = "";
      output.on("data", (chunk: Buffer) => {
        const lines = (rest + decoder.write(chunk)).split("\n");
        rest = lines.pop() ?? "";
        for (const text of lines) line(text);
      });
      output.on("end", () => {
        if (rest !== "") line(rest);
      });
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
