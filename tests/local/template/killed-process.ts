import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Runs a script until it has printed `lines` lines, then kills it with SIGKILL. @returns every line it printed. */
export async function killAfter(lines: number, script: string, ...parameters: string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...parameters], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const printed: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    printed.push(line);
    if (printed.length === lines) child.kill("SIGKILL");
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on("close", (...end) => resolve(end));
  });
  if (signal !== "SIGKILL") throw new Error(`${script} ended by itself with code ${code} before it was killed.`);
  return printed;
}
