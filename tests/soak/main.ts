import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureAssembly } from "../../infra/build/assembly.ts";
import { flatUpTo, median, quartersOf } from "./flat.ts";
import { Load } from "./load.ts";
import type { Told } from "./messages.ts";
import { StackHandle } from "./stack-handle.ts";

/**
 * `npm run soak -- [--cases N]`: sends N invoices through the stack, one in five to a person, and prints memory and latency over
 * time. Fails when a case is lost, or when the last quarter's median of either is above 1.1 times the second quarter's.
 *
 * Memory is the resident memory of the stack's process less what it must hold: tables and the index of objects are kept in memory
 * by design. How much of it that is, is measured and not guessed: a fresh process is started on the same data at the end, and what
 * it needs beyond an empty one is what the data needs; in between by the bytes stored so far.
 */
const { values } = parseArgs({ options: { cases: { type: "string", default: "20000" } } });
const cases = Number(values.cases);
if (!(cases >= 40)) throw new Error("--cases takes a whole number of at least 40: four quarters of ten.");
const samples = 40;

type Measured = Extract<Told, { kind: "measured" }>;
interface Sample extends Measured {
  readonly ended: number;
  readonly seconds: number;
  readonly automaticMilliseconds: number;
}

await ensureAssembly(console.log);
const directory = await mkdtemp(join(tmpdir(), "signoff-soak-"));
const taken: Sample[] = [];
const began = performance.now();
let stack = new StackHandle(directory);
const load = new Load(stack, await stack.ready());
await load.uploadLists();
const empty = await stack.measure();
console.log("  cases     s   cases/s   RSS MB   heap MB   stored MB   functions MB   drop to outcome ms (median)");
let sampling = Promise.resolve();
await load.run(cases, async () => {
  if (load.ended % Math.ceil(cases / samples) !== 0) return;
  sampling = sampling.then(sample);
  await sampling;
});
const counted = await stack.count();
await stack.stop();
stack = new StackHandle(directory);
await stack.ready();
const fresh = await stack.measure();
await stack.stop();
await rm(directory, { recursive: true, force: true });
process.exit(tell() ? 0 : 1);

async function sample(): Promise<void> {
  const ended = load.ended;
  const measured = await stack.measure();
  const seconds = (performance.now() - began) / 1000;
  const earlier = taken.at(-1);
  const rate = (ended - (earlier?.ended ?? 0)) / (seconds - (earlier?.seconds ?? 0));
  const automaticMilliseconds = median(load.latencies.automatic.slice(-Math.ceil(cases / samples)));
  taken.push({ ...measured, ended, seconds, automaticMilliseconds });
  const figures = [
    mega(measured.rssBytes),
    mega(measured.heapBytes),
    mega(measured.storedBytes),
    mega(measured.functionsRssBytes),
  ];
  console.log(
    [ended, seconds.toFixed(0), rate.toFixed(1), ...figures, automaticMilliseconds.toFixed(0)]
      .map((cell) => String(cell).padStart(9))
      .join(" "),
  );
}

/** Prints the verdict; true when nothing is lost and nothing grows. */
function tell(): boolean {
  const needed = Math.max(0, fresh.rssBytes - empty.rssBytes) / Math.max(1, fresh.storedBytes - empty.storedBytes);
  const less = taken.map(({ rssBytes, storedBytes }) => rssBytes - needed * (storedBytes - empty.storedBytes));
  console.log(
    `An empty stack takes ${mega(empty.rssBytes)} MB; a fresh one on the data of all cases ${mega(fresh.rssBytes)} MB: ` +
      `${needed.toFixed(2)} bytes of memory for each byte stored (${mega(fresh.storedBytes)} MB).`,
  );
  const series = { "memory less stored, bytes": less, ...load.latencies };
  let flat = true;
  for (const [name, values] of Object.entries(series)) {
    const { second, last, growth } = quartersOf(values);
    if (growth > flatUpTo) flat = false;
    console.log(
      `${name}: second quarter ${second.toFixed(0)}, last ${last.toFixed(0)}, ${growth.toFixed(2)} times${growth > flatUpTo ? ": NOT FLAT" : ""}`,
    );
  }
  const { succeeded, otherwise, openCases, outcomes } = counted;
  const lost = cases - outcomes;
  console.log(
    `${cases} cases, ${load.answered} answers of people and ${load.audited} audits: ${outcomes} outcomes, ${lost} lost, ${succeeded} executions succeeded, ${otherwise} did not, ${openCases} cases still open`,
  );
  for (const [what, times] of load.surprises) console.log(`unexpected: ${what}, ${times} times`);
  return flat && lost === 0 && openCases === 0 && otherwise === 0;
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
