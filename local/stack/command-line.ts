import { parseArgs } from "node:util";

export interface CommandLine {
  /** Of the page; API, sign-in and AWS services have the three after it. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly fresh: boolean;
  /** Whether to drop the samples: always, never, or on a new data directory only. */
  readonly samples: "always" | "never" | "when-new";
  readonly verbose: boolean;
}

/** A flag is unknown or its value is not allowed; the message shows the usage. */
export class CommandLineRefusedError extends Error {
  override readonly name = "CommandLineRefusedError";

  constructor(problem: string) {
    super(`${problem}\n\n${usage}`);
  }
}

const defaultPort = 4700;
const highestPort = 65_532; // three more follow

export const usage = `Usage: npm start -- [options]
  --port N     page on port N, API, sign-in and AWS services on the three after it (default ${defaultPort})
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
  if (!/^\d+$/.test(port) || portNumber < 1 || portNumber > highestPort) {
    throw new CommandLineRefusedError(`--port takes a number from 1 to ${highestPort}, not "${port}".`);
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
