import { parseArgs } from "node:util";
import { commandLine, runCommand } from "../command.ts";
import { anchorsIn, exportSource } from "../ledger/export-source.ts";
import { liveSource } from "../ledger/live-source.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { findTarget, targetFlags, targetUsage } from "../target.ts";

const usage = `Usage: npm run verify-ledger -- [options]
  --export PATH  an export instead of tables: the folder of npm run export-ledger, JSON lines, or DynamoDB's export (.json.gz)
  --anchors DIR  a folder with a copy of the anchors, instead of those beside the ledger
${targetUsage}
Exit code: 0 all holds, 1 something does not, 2 the check could not be made.`;

/** Problems printed one by one; a table that was replaced has as many as cases. */
const maxPrinted = 50;

/** `npm run verify-ledger`: does every chain, case and anchor hold? */
await runCommand(async () => {
  const { values } = commandLine(usage, () =>
    parseArgs({
      args: process.argv.slice(2),
      options: { ...targetFlags, export: { type: "string" }, anchors: { type: "string" } },
    }),
  );
  const { anchors } = values;
  const target = values.export === undefined ? await findTarget(values) : null;
  const source = target ? liveSource(target) : exportSource(values.export ?? "", anchors);
  console.log(target?.description ?? `Export ${values.export}`);
  const copied = anchors === undefined ? source : { ...source, anchors: () => anchorsIn(anchors) };
  const { events, chains, chainsWithoutCase, anchors: anchored, problems } = await verifyLedger(copied);
  console.log(`${events} events in ${chains} chains, ${anchored} anchors`);
  if (chainsWithoutCase > 0)
    console.log(
      `${chainsWithoutCase} chains have no case beside them: their last events are vouched for by anchors only`,
    );
  for (const problem of problems.slice(0, maxPrinted)) console.log(problem);
  if (problems.length > maxPrinted) console.log(`… and ${problems.length - maxPrinted} more`);
  console.log(problems.length === 0 ? "The ledger holds" : `The ledger does not hold: ${problems.length} broken`);
  return problems.length === 0 ? 0 : 1;
});
