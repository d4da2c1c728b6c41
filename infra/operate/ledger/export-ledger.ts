import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { ExportNotReadableError } from "./export-source.ts";
import type { LedgerSource } from "./ledger-source.ts";

/** Writes `ledger.jsonl.gz` and `anchors/<day>.json`, which verify-ledger reads on any machine. Answers how many events. */
export async function exportLedger(source: LedgerSource, directory: string): Promise<number> {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new ExportNotReadableError(
      `${directory} is not empty. Name a new folder: an export is never added to another.`,
    );
  mkdirSync(join(directory, "anchors"), { recursive: true });
  for await (const { name, content } of source.anchors())
    writeFileSync(join(directory, "anchors", basename(name)), JSON.stringify(content));
  let events = 0;
  const lines = async function* () {
    for await (const record of source.records()) {
      if (record.kind === "event") events += 1;
      yield `${JSON.stringify(record.kind === "event" ? record.event : record)}\n`;
    }
  };
  await pipeline(
    Readable.from(lines()),
    createGzip(),
    createWriteStream(join(directory, "ledger.jsonl.gz"), { mode: 0o600 }),
  );
  return events;
}
