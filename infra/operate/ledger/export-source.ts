import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { headOf } from "./case-row.ts";
import type { LedgerRecord, LedgerSource } from "./ledger-source.ts";
import { parsed } from "./live-source.ts";

/** An export cannot be read. The message names the file and the line. */
export class ExportNotReadableError extends Error {
  override readonly name = "ExportNotReadableError";
}

/** A line of `npm run export-ledger`. */
const exportedHead = z.strictObject({
  kind: z.literal("head"),
  pass: z.literal([1, 2]),
  caseId: z.string(),
  sequence: z.int().nonnegative(),
  hash: z.string(),
});
/** A line of DynamoDB's own export to S3, of the ledger or the case table. @see "DynamoDB table export output format" */
const dynamoDbLine = z.strictObject({ Item: z.record(z.string(), z.looseObject({})) });
const anObject = z.record(z.string(), z.unknown());
const ofCaseTable = z.looseObject({ pk: z.string(), sk: z.string() });

const readable = /\.(jsonl|json)(\.gz)?$/;

/**
 * Files: JSON lines of events, as `npm run export-ledger` writes them, or DynamoDB's export of the ledger table, with or
 * without that of the case table. A folder is read whole, its subfolders too, save `anchors/` and the manifests.
 *
 * @param anchors - folder of anchors. @default `anchors` in the export's folder, when there
 */
export function exportSource(path: string, anchors?: string): LedgerSource {
  const files = filesOf(path);
  const anchorFolder = anchors ?? join(path, "anchors");
  if (anchors !== undefined && !existsSync(anchors)) throw new ExportNotReadableError(`There is no folder ${anchors}.`);
  return {
    records: async function* () {
      for (const file of files) yield* recordsOf(file);
    },
    anchors: () => anchorsIn(anchorFolder),
  };
}

/** Anchors of a folder, one file a day, as they lie in the bucket. */
export async function* anchorsIn(folder: string) {
  if (!existsSync(folder)) return;
  const names = readdirSync(folder).filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name));
  for (const name of names.sort()) {
    const file = join(folder, name);
    yield { name: file, content: parsed(readFileSync(file, "utf8")) };
  }
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) throw new ExportNotReadableError(`There is no ${path}.`);
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readable.test(entry.name) && !entry.name.startsWith("manifest-"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(path, "anchors/")));
  if (files.length > 0) return files.sort();
  throw new ExportNotReadableError(`${path} holds no .jsonl, .json or .json.gz file.`);
}

async function* recordsOf(file: string): AsyncGenerator<LedgerRecord> {
  const bytes = createReadStream(file);
  const lines = createInterface({ input: file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const record = recordOf(parsed(line));
    if (record === "neither") throw new ExportNotReadableError(`${file}, line ${number}: not a JSON object.`);
    if (record) yield record;
  }
}

/** Null for a row of the case table that says nothing about a chain. */
function recordOf(line: unknown): LedgerRecord | null | "neither" {
  const head = exportedHead.safeParse(line);
  if (head.success) return head.data;
  const exported = dynamoDbLine.safeParse(line);
  const found = anObject.safeParse(exported.success ? unmarshall(marshalled.parse(exported.data.Item)) : line);
  if (!found.success) return "neither";
  // An export is of one moment, so its heads are those before and after.
  return ofCaseTable.safeParse(found.data).success ? headOf(found.data, 1) : { kind: "event", event: found.data };
}

const marshalled = z.custom<Parameters<typeof unmarshall>[0]>((value) => typeof value === "object" && value !== null);
