import { parseArgs } from "node:util";
import type { Ports } from "./front-doors.ts";

export interface CommandLine {
  /** Of the page; API, sign-in and AWS services have the three after it. 0: the operating system chooses all four. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly fresh: boolean;
  /** Whether to drop the samples: always, never, or on a new data directory only. */
  readonly samples: "always" | "never" | "when-new";
  readonly verbose: boolean;
}

/** A flag is unknown or its value is not allowed; the message shows the usage. */
class CommandLineRefusedError extends Error {
  override readonly name = "CommandLineRefusedError";

  constructor(problem: string) {
    super(`${problem}\n\n${usage}`);
  }
}

const defaultPort = 4700;
const highestPort = 65_532; // three more follow

/** Each in its own place after the page's port, so that addresses stay the same from one start to the next. */
export function portsFrom(port: number): Ports {
  if (port === 0) return { page: 0, api: 0, signIn: 0, aws: 0 };
  return { page: port, api: port + 1, signIn: port + 2, aws: port + 3 };
}

const usage = `Usage: npm start -- [options]
  --port N     page on port N, API, sign-in and AWS services on the three after it (default ${defaultPort});
               with 0 the operating system chooses, and links of an earlier run no longer work
  --data DIR   folder that keeps all state (default .signoff)
  --fresh      empty that folder first
  --samples    drop the sample invoices again (the first start drops them by itself)
  --empty      drop no samples
  --verbose    print every log line of the functions`;

/** @throws {CommandLineRefusedError} */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { port, data, fresh, samples, empty, verbose } = parse(args);
  if (samples && empty) throw new CommandLineRefusedError("--samples and --empty exclude each other.");
  const portNumber = Number(port);
  if (!/^\d+$/.test(port) || portNumber > highestPort) {
    throw new CommandLineRefusedError(`--port takes a number from 0 to ${highestPort}, not "${port}".`);
  }
  return {
    port: portNumber,
    dataDirectory: data,
    fresh,
    samples: samples ? "always" : empty ? "never" : "when-new",
    verbose,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        port: { type: "string", default: String(defaultPort) },
        data: { type: "string", default: ".signoff" },
        fresh: { type: "boolean", default: false },
        samples: { type: "boolean", default: false },
        empty: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const [problem = ""] = (error instanceof Error ? error.message : String(error)).split(". To specify");
    throw new CommandLineRefusedError(problem.endsWith(".") ? problem : `${problem}.`);
  }
}
