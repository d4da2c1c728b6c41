import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessKey } from "../iam/credentials.ts";

export interface Running {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AccessKey;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Says in the data directory where this stack is, for the operator's commands: `endpoint.json`, readable by whoever runs the
 * stack and nobody else, since it holds the operator's key. Answers what takes it away again; a killed process leaves it behind.
 */
export function announceRunning(root: string, running: Running): () => void {
  const path = join(root, "endpoint.json");
  rmSync(path, { force: true }); // a mode is given to new files only
  writeFileSync(path, `${JSON.stringify({ pid: process.pid, ...running }, null, 2)}\n`, { mode: 0o600 });
  return () => rmSync(path, { force: true });
}
