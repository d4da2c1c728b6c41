import * as z from "zod";
import { ensureAssembly } from "../infra/build/assembly.ts";
import { demoPeople } from "./demo/people.ts";
import { demoWorkflows, dropSamples, setStage } from "./demo/stage.ts";
import { bootStack } from "./stack/boot.ts";
import { type CommandLine, portsFrom, readCommandLine } from "./stack/command-line.ts";
import { stopOnSignal } from "./stack/stop-on-signal.ts";
import { welcome } from "./stack/welcome.ts";

/** The SDK warns of Node 20, which is this machine's, not that of the functions on AWS. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

async function start({ port, dataDirectory, fresh, samples, verbose }: CommandLine): Promise<void> {
  const stack = await bootStack({
    assembly: await ensureAssembly(console.log),
    dataDirectory,
    fresh,
    ports: portsFrom(port),
    people: demoPeople,
    ...(verbose ? { echo: (source: string, line: string) => console.log(`${source}  ${line}`) } : {}),
  });
  stopOnSignal(stack.close);
  await setStage(stack);
  const drop = samples === "always" || (samples === "when-new" && stack.isNew);
  const samplesDropped = drop ? await dropSamples(stack) : 0;
  stack.firstStartDone();
  const text = welcome({
    stack,
    people: demoPeople,
    samplesDropped,
    workflows: demoWorkflows,
    programClientId: z.object({ ProgramClientId: z.string() }).parse(stack.outputs).ProgramClientId,
    currentDirectory: process.cwd(),
  });
  console.log(text);
}

try {
  await start(readCommandLine(process.argv.slice(2)));
} catch (error) {
  console.error(isRefusal(error) ? error.message : error);
  process.exit(1);
}

/** Errors of our own say in their message what to do. Anything else is a defect, and its stack helps to find it. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && !(error.name in globalThis) && !("issues" in error) && !("code" in error);
}
