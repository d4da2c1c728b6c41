import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as z from "zod";
import { ensureAssembly } from "../../infra/build/assembly.ts";

/**
 * `npm run faults -- [--seeds N] [--from SEED] [--jobs N] [--planted DEFECT] [--trace]`: plays seeded schedules of faults on the
 * local stack and checks what must hold after each. Prints counts, and of each failure its seed and what happened. `--trace` tells
 * of every seed what happened.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    planted: { type: "string" },
    trace: { type: "boolean", default: false },
  },
});
const first = Number(values.from);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index);
if (!(first >= 0) || seeds.length === 0) throw new Error("--seeds and --from take whole numbers; --seeds at least 1.");

const played = z.object({
  seed: z.number(),
  violations: z.array(z.string()),
  trace: z.array(z.string()),
  cases: z.number(),
  crashes: z.number(),
  faults: z.number(),
  answers: z.number(),
  events: z.record(z.string(), z.number()),
  seconds: z.number(),
});
const sum = { seeds: 0, cases: 0, answers: 0, faults: 0, crashes: 0 };
const events: Record<string, number> = {};
const failed: number[] = [];
await ensureAssembly(console.log);
const began = performance.now();
await Promise.all(Array.from({ length: Math.min(Number(values.jobs), seeds.length) }, runJob));
const seconds = (performance.now() - began) / 1000;
console.log(
  `${sum.seeds} seeds in ${seconds.toFixed(0)} s (${(seconds / sum.seeds).toFixed(2)} s each): ${sum.cases} cases, ${sum.answers} accepted answers, ` +
    `${sum.faults} faults, ${sum.crashes} deaths of the machine; ${failed.length} seeds failed${failed.length > 0 ? `: ${failed.sort((a, b) => a - b).join(", ")}` : ""}`,
);
console.log(
  `Steps: ${Object.entries(events)
    .sort()
    .map(([type, times]) => `${times} ${type}`)
    .join(", ")}`,
);
process.exit(failed.length > 0 ? 1 : 0);

/** A process that asks for the next seed when it is done with one. */
function runJob(): Promise<void> {
  const script = fileURLToPath(new URL("./job.ts", import.meta.url));
  const job = fork(script, values.planted ? [values.planted] : [], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });
  return new Promise((resolve, reject) => {
    const next = () => job.send(seeds.shift() ?? "done");
    job.on("message", (message) => {
      if (message !== "ready") tell(played.parse(message));
      next();
    });
    job.on("error", reject);
    job.on("exit", (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`A job ended with ${code ?? signal}.`)),
    );
  });
}

function tell({ seed, violations, trace, seconds: took, ...counts }: z.infer<typeof played>): void {
  sum.seeds += 1;
  sum.cases += counts.cases;
  sum.answers += counts.answers;
  for (const [type, times] of Object.entries(counts.events)) events[type] = (events[type] ?? 0) + times;
  sum.faults += counts.faults;
  sum.crashes += counts.crashes;
  if (violations.length > 0) failed.push(seed);
  if (failed.length > 0 && values.planted) seeds.length = 0; // found: the harness has done what it was to show
  if (violations.length > 0 || values.trace) {
    console.log(
      `\nseed ${seed} (${took.toFixed(1)} s): ${violations.length > 0 ? violations.join("; ") : "all holds"}`,
    );
    console.log(trace.map((line) => `  ${line}`).join("\n"));
  } else if (sum.seeds % 50 === 0) {
    console.log(`${sum.seeds} seeds, ${failed.length} failed`);
  }
}
