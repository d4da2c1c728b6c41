import { AccountNotReadyError } from "../deploy/deployment.ts";
import { SettingsRefusedError } from "../settings.ts";
import { ExportNotReadableError } from "./ledger/export-source.ts";
import { TargetNotFoundError } from "./target.ts";

/** The command line is not understood; the message shows the usage. */
class CommandLineRefusedError extends Error {
  override readonly name = "CommandLineRefusedError";
}

/** Reads the command line, or shows how it is written. @throws {CommandLineRefusedError} */
export function commandLine<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new CommandLineRefusedError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

const expected = [
  AccountNotReadyError,
  CommandLineRefusedError,
  ExportNotReadableError,
  SettingsRefusedError,
  TargetNotFoundError,
];

/** Runs an operator's command: its answer is the exit code. What somebody can mend is told in a sentence, a defect with its stack. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  try {
    process.exitCode = await work();
  } catch (error) {
    const isExpected = error instanceof Error && expected.some((kind) => error instanceof kind);
    console.error(isExpected ? error.message : error);
    process.exitCode = 2;
  }
}
