import { parseArgs } from "node:util";
import { commandLine, runCommand } from "../command.ts";
import { exportLedger } from "../ledger/export-ledger.ts";
import { liveSource } from "../ledger/live-source.ts";
import { findTarget, targetFlags, targetUsage } from "../target.ts";

const usage = `Usage: npm run export-ledger -- DIR [options]
  DIR  a new folder: gets ledger.jsonl.gz and anchors/, for npm run verify-ledger -- --export DIR
${targetUsage}`;

/** `npm run export-ledger`: the whole ledger and its anchors, to be checked elsewhere. */
await runCommand(async () => {
  const { values, directory } = commandLine(usage, () => {
    const read = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: targetFlags });
    const [directory, ...more] = read.positionals;
    if (directory === undefined || more.length > 0) throw new Error("Name one folder.");
    return { values: read.values, directory };
  });
  const target = await findTarget(values);
  console.log(target.description);
  const events = await exportLedger(liveSource(target), directory);
  console.log(`${events} events in ${directory}/ledger.jsonl.gz`);
  return 0;
});
