import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readRecorded, replayAll } from "../local/states/replay.ts";
import { aims, table } from "./aims.ts";
import { measureExtraction } from "./extraction.ts";
import { measureSizes } from "./sizes.ts";
import { measureStack } from "./stack.ts";
import { measureStartUp } from "./start-up.ts";

/**
 * `npm run bench [-- part …] [--data DIR] [--cases N]`: measures, prints a table against the aims, writes bench-results/<time>.json.
 * Times depend on the machine and its load; compare figures of one run only.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string", default: "../shared/data" }, cases: { type: "string", default: "200" } },
});

const parts = {
  stack: () => measureStack(Number(values.cases)),
  startUp: () => measureStartUp(),
  sizes: () => measureSizes(),
  recordedExecutions: async () => {
    const file = pathToFileURL(resolve(values.data, "states-language/recorded-jsonata.json"));
    if (!existsSync(file)) return { skipped: `no recordings under ${values.data}` };
    const results = await replayAll(readRecorded(file));
    return { passed: results.filter(({ difference }) => !difference).length, of: results.length };
  },
  extraction: () => measureExtraction(values.data),
};
type Part = keyof typeof parts;

const isPart = (name: string): name is Part => name in parts;
const unknown = positionals.filter((name) => !isPart(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}
const chosen = positionals.length > 0 ? positionals.filter(isPart) : Object.keys(parts).filter(isPart);

const results: Partial<Record<Part, unknown>> = {};
for (const part of chosen) {
  console.log(`measuring ${part} …`);
  results[part] = await parts[part]();
}
const at = new Date().toISOString();
const report = { at, node: process.version, cores: cpus().length, results };
mkdirSync("bench-results", { recursive: true });
const file = `bench-results/${at.replaceAll(":", "-")}.json`;
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
console.log(table(aims(results)));
console.log(`written to ${file}`);
process.exit(0);
