import { join } from "node:path";
import { openFunctionLog } from "../lambda/function-log.ts";

/** Where the stack says what goes wrong inside itself: `stack.log`, never the console unless asked. */
export interface StackLog {
  report(problem: string, error?: unknown): void;
  flush(): void;
}

export function openStackLog(
  logsDirectory: string,
  now: () => Date,
  echo: ((line: string) => void) | undefined,
): StackLog {
  const log = openFunctionLog(join(logsDirectory, "stack.log"), { echo });
  return {
    flush: log.flush,
    report: (problem, error) => {
      const cause = error instanceof Error ? (error.stack ?? error.message) : error;
      log.line(JSON.stringify({ time: now().toISOString(), problem, ...(cause === undefined ? {} : { cause }) }));
    },
  };
}
