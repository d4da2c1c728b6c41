import { spawn } from "node:child_process";

/** Id of a process that is gone again. */
export async function idOfADeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.on("exit", resolve));
  return child.pid ?? 0;
}
