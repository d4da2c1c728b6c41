import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/**
 * Everything that may differ from one deployment to the next. Stated in `cdk.json` under `context.signoff`;
 * `settings.json` beside it, when there, wins key by key. Data stores are always retained: that is no setting.
 */
const stated = z.strictObject({
  /** Distinguishes deployments in one account: names the stack, `Signoff` for production, `Signoff-<environment>` for others. */
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,19}$/, "lower-case letters and digits, at most 20, a letter first")
    .default("production"),
  /** AWS account, twelve digits. Left out, together with the region: those of whoever deploys. */
  account: z
    .string()
    .regex(/^\d{12}$/, "twelve digits")
    .optional(),
  /** AWS region, such as eu-central-1. */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as eu-central-1")
    .optional(),
  /** Days that logs are kept; one of the periods that CloudWatch offers. */
  logRetentionDays: z
    .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])
    .default(90),
  /** Days that a case's evidence (texts, proposals, page images) is kept. At least 400: a case may wait a year for its answer. */
  evidenceRetentionDays: z.int().min(400, "at least 400: a case may wait a year").default(3_653),
  /** Days that a replaced or deleted version of a dropped document is kept. At least 400, for the same reason. */
  intakeVersionRetentionDays: z.int().min(400, "at least 400: a case may wait a year").default(400),
  /** Pages a day that may be sent to text detection: a cap on cost. 2,000 pages are 3.00 USD at list price (us-east-1, 2026). */
  dailyPageCap: z.int().positive().default(2_000),
  /** Who is told when an alarm goes off. Left out: alarms are shown in CloudWatch only. */
  alarmEmail: z.email().optional(),
  /**
   * First label of the sign-in page's address, unique in its region. Left out: `signoff-<environment>-` and the first eight
   * characters of the stack's id.
   */
  signInDomainPrefix: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "lower-case letters, digits and inner hyphens, at most 63")
    .refine(
      (prefix) => !/aws|amazon|cognito/.test(prefix),
      "Cognito refuses a prefix with aws, amazon or cognito in it",
    )
    .optional(),
  /** Requests a second, over all callers, that the API takes before it answers 429. The burst is twice as many. */
  apiRequestsPerSecond: z.int().positive().default(100),
  /**
   * Address that is sent every outcome, signed: HTTPS, or plain HTTP on this very machine. Left out: nobody is sent any.
   * docs/delivery.md tells the receiver's side.
   */
  webhookUrl: z
    .string()
    .refine(
      isWebhookAddress,
      "an address such as https://erp.example.com/signoff (http:// only for 127.0.0.1, [::1] and localhost), without user or password",
    )
    .optional(),
  /** Whether state machines send X-Ray traces; 5.00 USD per million at list price. */
  tracing: z.boolean().default(true),
});
/** The signature says who sent it: a password would only be one more secret, and in plain text. */
function isWebhookAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isLoopback = protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  return (protocol === "https:" || isLoopback) && username === "" && password === "";
}

const settingsShape = stated.refine(({ account, region }) => (account === undefined) === (region === undefined), {
  error: "account and region go together: state both, or neither",
});
export type Settings = Readonly<z.infer<typeof settingsShape>>;

/** `Signoff` in production, `Signoff-<environment>` elsewhere. */
export function stackName({ environment }: Pick<Settings, "environment">): string {
  return environment === "production" ? "Signoff" : `Signoff-${environment}`;
}

/** A setting is unknown or out of range. The message names each, and says what is allowed. */
export class SettingsRefusedError extends Error {
  override readonly name = "SettingsRefusedError";

  constructor(source: string, problems: readonly string[]) {
    super(`${source}: ${problems.join("; ")}. The settings and their meaning stand in infra/settings.ts.`);
  }
}

/** @param source - where the settings were read from, for the message. @throws {SettingsRefusedError} */
export function parseSettings(values: unknown, source: string): Settings {
  const parsed = settingsShape.safeParse(values);
  if (parsed.success) return parsed.data;
  const known = Object.keys(stated.shape).join(", ");
  throw new SettingsRefusedError(
    source,
    parsed.error.issues.map((issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown ${issue.keys.length === 1 ? "setting" : "settings"} ${issue.keys.join(", ")} (known: ${known})`
        : `${issue.path.join(".") || "settings"}: ${issue.message}`,
    ),
  );
}

/** Reads `cdk.json` and `settings.json` of `directory`. @throws {SettingsRefusedError} also for a file that is not JSON. */
export function readSettings(directory: string): Settings {
  const { context } = z
    .object({ context: z.object({ signoff: z.record(z.string(), z.unknown()).default({}) }) })
    .parse(readJson(join(directory, "cdk.json")));
  const own = join(directory, "settings.json");
  if (!existsSync(own)) return parseSettings(context.signoff, "cdk.json, context.signoff");
  const overrides = z.record(z.string(), z.unknown()).parse(readJson(own));
  return parseSettings({ ...context.signoff, ...overrides }, "cdk.json and settings.json");
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new SettingsRefusedError(path, [`not readable as JSON (${cause instanceof Error ? cause.message : cause})`]);
  }
}
