import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { eventually } from "./api-client.ts";

export const root = join(import.meta.dirname, "../..");

export interface Started {
  readonly child: ChildProcess;
  readonly pageUrl: string;
  readonly signInUrl: string;
  output(): string;
}

/** `npm start` in a process of its own, ready for use. It ends with the test. */
export async function npmStart(dataDirectory: string, ...flags: string[]): Promise<Started> {
  const args = ["--import", "tsx", "local/main.ts", "--data", dataDirectory, ...flags];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const greeted = async () => (/Ctrl-C stops it/.test(output) || child.exitCode !== null ? true : null);
  await eventually(greeted, "the stack", 150);
  expect(child.exitCode, output).toBeNull();
  return {
    child,
    output: () => output,
    pageUrl: /Open (http:\S+)/.exec(output)?.[1] ?? "",
    signInUrl: /(http:\/\/127[^/]+)\/oauth2\/token/.exec(output)?.[1] ?? "",
  };
}

/** Ends the process by a signal; resolves with its exit code and the signal. */
export async function ended({ child }: Started, signal: NodeJS.Signals): Promise<unknown[]> {
  const exit = once(child, "exit");
  child.kill(signal);
  return exit;
}
