import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { root } from "../build/project.ts";
import { cloudFormationStacks } from "../deploy/deployment.ts";
import { readSettings, stackName } from "../settings.ts";

/** What the operator's commands need to know of a running Signoff. */
const outputs = z.object({
  CaseTable: z.string(),
  LedgerTable: z.string(),
  LedgerAnchorsBucket: z.string(),
  RedriveFunction: z.string(),
});

/** A running Signoff, on AWS or on this machine. */
export interface Target {
  /** For people: what is looked at. */
  readonly description: string;
  /** For every SDK client. On AWS: what the settings say; the rest comes from the environment. */
  readonly client: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly outputs: z.infer<typeof outputs>;
}

/** There is nothing to work on. The message says what to start or deploy. */
export class TargetNotFoundError extends Error {
  override readonly name = "TargetNotFoundError";
}

const running = z.object({
  pid: z.int(),
  endpoint: z.string(),
  region: z.string(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  outputs,
});

export interface TargetOptions {
  /** The deployment in the account, even where a stack runs on this machine. */
  readonly aws: boolean;
  /** Data directory of the stack on this machine. */
  readonly data: string;
}

/** What `parseArgs` takes, in every command. */
export const targetFlags = {
  aws: { type: "boolean", default: false },
  data: { type: "string", default: ".signoff" },
} as const;

export const targetUsage = `  --data DIR   data folder of the Signoff that runs on this machine (default .signoff)
  --aws        the deployment in your account instead: credentials and region from the environment and the settings`;

/** The one machine, where it runs on `data`; the account's deployment otherwise, or when asked for. @throws {TargetNotFoundError} */
export async function findTarget({ aws, data }: TargetOptions): Promise<Target> {
  const local = aws ? null : readRunning(resolve(data));
  if (local) {
    const { endpoint, region, credentials } = local;
    const description = `Signoff on this machine, ${endpoint}`;
    return { description, client: { endpoint, region, credentials }, outputs: local.outputs };
  }
  const settings = readSettings(root);
  const name = stackName(settings);
  const parsed = outputs.safeParse(await cloudFormationStacks(settings).outputsOf(name));
  if (!parsed.success)
    throw new TargetNotFoundError(
      `The account has no stack ${name}, or one that is older than this command. Run npm run deploy first.`,
    );
  const { region } = settings;
  return {
    description: `Stack ${name} in the account`,
    client: region === undefined ? {} : { region },
    outputs: parsed.data,
  };
}

/** Null where no stack of this machine has anything to do with the folder. @throws {TargetNotFoundError} where one was, and stopped. */
function readRunning(directory: string): z.infer<typeof running> | null {
  const path = join(directory, "endpoint.json");
  if (!existsSync(path)) {
    if (!existsSync(join(directory, "signoff-state.json"))) return null;
    throw new TargetNotFoundError(
      `The Signoff of ${directory} does not run. Start it (npm start), or add --aws for the one in your account.`,
    );
  }
  const parsed = running.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (parsed.success && isAlive(parsed.data.pid)) return parsed.data;
  throw new TargetNotFoundError(
    `The Signoff of ${directory} was stopped half-way, or is older than this command. Start it again (npm start), or add --aws.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
