import type * as z from "zod";
import type { memberSummary, putPersonRequest } from "../../../shared/contracts/people.ts";
import { readDecimal } from "../case/decimal.ts";
import { minorToDecimal, toMinorUnits } from "../view/money.ts";

type Member = z.infer<typeof memberSummary>;
type Membership = NonNullable<z.infer<typeof putPersonRequest>["membership"]>;

/** A membership as an owner types it: "EUR 5000, USD 6000"; queues as "*" or their names. */
export interface MembershipText {
  readonly personId: string;
  readonly name: string;
  readonly role: Membership["role"];
  readonly unlimited: boolean;
  readonly limits: string;
  readonly queues: string;
}

export const emptyMembership: MembershipText = {
  personId: "",
  name: "",
  role: "reviewer",
  unlimited: false,
  limits: "",
  queues: "*",
};

export const membershipText = ({ personId, name, membership }: Member): MembershipText => ({
  personId,
  name,
  role: membership.role,
  unlimited: membership.unlimited,
  limits: limitsText(membership.limits),
  queues: membership.queues === "*" ? "*" : membership.queues.join(", "),
});

export const limitsText = (limits: Membership["limits"]): string =>
  Object.entries(limits)
    .map(([currency, minor]) => `${currency} ${minorToDecimal(minor, currency)}`)
    .join(", ");

/** What was typed as the API takes it, or what is wrong with it. */
export function readMembership(
  text: MembershipText,
): { readonly membership: Membership } | { readonly problem: string } {
  const limits: Record<string, number> = {};
  // A comma may also stand inside an amount: it divides only before a currency.
  for (const part of text.limits.split(/[;,](?=\s*[A-Za-z])/).map((piece) => piece.trim())) {
    if (part === "") continue;
    const [, currency = "", amount = ""] = /^([A-Za-z]{3})\s+(.+)$/.exec(part) ?? [];
    const reading = readDecimal(amount);
    const minor = "value" in reading ? toMinorUnits(reading.value, currency.toUpperCase()) : null;
    if (minor === null) return { problem: `"${part}" is not a limit. Write it as EUR 5000, USD 6000.` };
    limits[currency.toUpperCase()] = minor;
  }
  const names = text.queues.split(",").map((name) => name.trim());
  const queues = text.queues.trim() === "*" ? ("*" as const) : names.filter((name) => name !== "");
  const odd =
    queues === "*" ? undefined : queues.find((name) => !/^[a-z][a-z0-9-]{0,39}(\/[a-z0-9-]{1,40})?$/.test(name));
  if (odd !== undefined)
    return { problem: `"${odd}" is not a queue. Write * for all, or names such as invoices/print.` };
  if (queues.length === 0) return { problem: "Name at least one queue, or write * for all." };
  return { membership: { role: text.role, unlimited: text.unlimited, limits, queues } };
}
