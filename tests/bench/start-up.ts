import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invoiceThatDoesNotAddUp } from "../stack/an-invoice.ts";
import { openTestStack } from "../stack/test-stack.ts";

/** Seconds from `npm start`'s command to its greeting: with nothing synthesized, with everything there, and after SIGKILL. */
export async function measureStartUp() {
  const dataDirectory = await mkdtemp(join(tmpdir(), "signoff-start-"));
  try {
    await rm("dist/assemblies", { recursive: true, force: true });
    const cold = await startOnce(dataDirectory, ["--empty"]);
    cold.child.kill("SIGKILL");
    await cold.ended;
    const test = await openTestStack({ dataDirectory });
    const pdf = await invoiceThatDoesNotAddUp();
    const ids = await Promise.all([...Array(50)].map((_, index) => test.drop(`invoices/kept-${index}.pdf`, pdf)));
    for (const id of ids) await test.caseWhen(id, (answer) => answer.case.status !== "opened");
    await test.close();
    const warm = await startOnce(dataDirectory, []);
    warm.child.kill("SIGKILL");
    await warm.ended;
    const recovered = await startOnce(dataDirectory, []);
    recovered.child.kill("SIGKILL");
    await recovered.ended;
    return {
      coldSeconds: cold.seconds,
      warmSeconds: warm.seconds,
      afterSigkillSeconds: recovered.seconds,
      casesKept: ids.length,
    };
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function startOnce(dataDirectory: string, options: readonly string[]) {
  const started = performance.now();
  const command = ["--import", "tsx", "local/main.ts", "--data", dataDirectory, "--port", "0", ...options];
  const child: ChildProcess = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The stack ended with ${code} before it greeted.`)));
    child.stdout?.on("data", (text: Buffer) => text.includes("Signoff runs") && resolve());
  });
  return { child, ended, seconds: Math.round((performance.now() - started) / 10) / 100 };
}
