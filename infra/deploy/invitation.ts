import { parseArgs } from "node:util";
import * as z from "zod";
import { queue, role, workflow } from "../../shared/contracts/identifiers.ts";
import { type Membership, membership } from "../../shared/contracts/people.ts";

/** Who is invited to what: decided from the command line alone, before anything in the account is touched. */
export interface Invitation {
  readonly who:
    | { readonly kind: "person"; readonly email: string }
    | { readonly kind: "program"; readonly clientId: string };
  /** As others see it beside a decision. */
  readonly name: string;
  readonly membership: Membership;
}

const usage = `Usage:
  npm run invite -- <e-mail> --role owner|expert|reviewer|submitter [--name "Ada Example"]
                    [--workflow invoices] [--queues invoices,invoices/sales] [--limit EUR=5000 …] [--unlimited]
  npm run invite -- --program <client id> [--name "ERP"] [--workflow invoices]

  --queues     queues the person works on; left out: all of the workflow
  --limit      largest amount the person may let through, by currency; repeat it for each currency
  --unlimited  any amount, in any currency`;

/** The command line asks for something that cannot be granted. The message says what would. */
export class InvitationRefusedError extends Error {
  override readonly name = "InvitationRefusedError";

  constructor(problem: string) {
    super(`${problem}\n\n${usage}`);
  }
}

/** @throws {InvitationRefusedError} */
export function readInvitation(args: readonly string[]): Invitation {
  const { values, positionals } = parse(args);
  const stated = workflow.safeParse(values.workflow);
  if (!stated.success)
    throw new InvitationRefusedError(
      `There is no workflow "${values.workflow}"; there are: ${workflow.options.join(", ")}.`,
    );
  return values.program === undefined
    ? invitePerson(positionals, values, stated.data)
    : inviteProgram(values.program, positionals, values, stated.data);
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        role: { type: "string" },
        workflow: { type: "string", default: "invoices" },
        queues: { type: "string" },
        limit: { type: "string", multiple: true, default: [] },
        unlimited: { type: "boolean", default: false },
        name: { type: "string" },
        program: { type: "string" },
      },
    });
  } catch (error) {
    throw new InvitationRefusedError(error instanceof Error ? error.message : String(error));
  }
}

function invitePerson(positionals: readonly string[], values: Values, inWorkflow: Membership["workflow"]): Invitation {
  const [email, ...others] = positionals;
  if (email === undefined || others.length > 0 || !z.email().safeParse(email).success)
    throw new InvitationRefusedError(`Name one e-mail address; received: ${positionals.join(" ") || "none"}.`);
  const asked = role.safeParse(values.role);
  if (!asked.success)
    throw new InvitationRefusedError(
      `--role is one of ${role.options.join(", ")}; received: ${values.role ?? "none"}.`,
    );
  const limits = readLimits(values.limit);
  if (asked.data !== "submitter" && !values.unlimited && Object.keys(limits).length === 0)
    throw new InvitationRefusedError(
      `A ${asked.data} without limits may let no amount through: add --limit EUR=5000, or --unlimited.`,
    );
  return {
    who: { kind: "person", email: email.toLowerCase() },
    name: values.name ?? email.slice(0, email.indexOf("@")),
    membership: membership.parse({
      workflow: inWorkflow,
      role: asked.data,
      queues: readQueues(values.queues, inWorkflow),
      limits,
      unlimited: values.unlimited,
    }),
  };
}

/** A program submits and follows its own cases; decisions are for people. */
function inviteProgram(
  clientId: string,
  positionals: readonly string[],
  values: Values,
  inWorkflow: Membership["workflow"],
): Invitation {
  if (positionals.length > 0)
    throw new InvitationRefusedError(`Invite a person or a program, not both: ${positionals.join(" ")}.`);
  if (clientId === "") throw new InvitationRefusedError("--program needs the client's id; npm run deploy prints it.");
  if ((values.role ?? "submitter") !== "submitter" || values.unlimited || values.limit.length > 0)
    throw new InvitationRefusedError("A program can only be a submitter: decisions are for people.");
  return {
    who: { kind: "program", clientId },
    name: values.name ?? `program ${clientId}`,
    membership: {
      workflow: inWorkflow,
      role: "submitter",
      queues: readQueues(values.queues, inWorkflow),
      limits: {},
      unlimited: false,
    },
  };
}

function readQueues(stated: string | undefined, ofWorkflow: string): Membership["queues"] {
  if (stated === undefined || stated === "*") return "*";
  return stated.split(",").map((name) => {
    const known = queue.safeParse(name.trim());
    if (known.success && known.data.split("/")[0] === ofWorkflow) return known.data;
    throw new InvitationRefusedError(
      `"${name}" is no queue of ${ofWorkflow}: write ${ofWorkflow}, or ${ofWorkflow}/<department>.`,
    );
  });
}

function readLimits(stated: readonly string[]): Membership["limits"] {
  return Object.fromEntries(stated.map(readLimit));
}

/** `EUR=5000` or `EUR=5000.50`, in the currency's own unit; answers minor units. @see ISO 4217 */
function readLimit(stated: string): [string, number] {
  const [, currency, whole = "", fraction = ""] = /^([A-Z]{3})=(\d{1,12})(?:\.(\d+))?$/.exec(stated) ?? [];
  const digits = currency === undefined ? 0 : fractionDigits(currency);
  if (currency === undefined || fraction.length > digits)
    throw new InvitationRefusedError(
      `"${stated}" is no limit: write a currency and an amount, such as EUR=5000 or EUR=5000.50.`,
    );
  return [currency, Number(`${whole}${fraction.padEnd(digits, "0")}`)];
}

function fractionDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
