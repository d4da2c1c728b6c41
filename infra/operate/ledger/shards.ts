import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const shardCount = 256;
/** 256 of these are 16 MiB. */
const bufferBytes = 64 * 1024;

/** Lines divided by case over 256 temporary files, so that a ledger of any size is judged a 256th of it at a time. */
export interface Shards {
  add(caseId: string, line: unknown): void;
  /** The lines of one shard after another; all lines of a case are in one. */
  read(): Iterable<unknown[]>;
  /** Deletes the files. */
  close(): void;
}

export function openShards(): Shards {
  const directory = mkdtempSync(join(tmpdir(), "signoff-ledger-"));
  const buffers: string[] = Array.from({ length: shardCount }, () => "");
  const fileOf = (shard: number) => join(directory, `${shard}.jsonl`);
  const flush = (shard: number) => {
    if (buffers[shard] === "") return;
    appendFileSync(fileOf(shard), buffers[shard] ?? "", { mode: 0o600 });
    buffers[shard] = "";
  };
  return {
    add: (caseId, line) => {
      const shard = createHash("sha256").update(caseId).digest()[0] ?? 0;
      buffers[shard] += `${JSON.stringify(line)}\n`;
      if ((buffers[shard]?.length ?? 0) > bufferBytes) flush(shard);
    },
    read: function* () {
      for (let shard = 0; shard < shardCount; shard++) {
        flush(shard);
        const file = fileOf(shard);
        if (!existsSync(file)) continue;
        const lines = readFileSync(file, "utf8").split("\n");
        yield lines.filter((line) => line !== "").map((line) => JSON.parse(line));
      }
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}
