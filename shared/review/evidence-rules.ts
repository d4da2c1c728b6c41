import type { Reason } from "../contracts/disposition.ts";
import type { EvidenceRule } from "../contracts/policy.ts";
import { EvidenceMissingError } from "./review-errors.ts";

/** The rules that these reasons bring with them. */
export const rulesFor = (
  rules: readonly EvidenceRule[],
  reasons: readonly Pick<Reason, "triggerId">[],
): EvidenceRule[] =>
  rules.filter(
    ({ reasons: asked }) =>
      asked === "*" ||
      reasons.some(({ triggerId }) => asked.includes(triggerId) || asked.includes(withoutPrefix(triggerId))),
  );

/** A rule may name an edge case by its own id. */
const withoutPrefix = (triggerId: string): string => triggerId.replace(/^edge-/, "");

interface Shown {
  readonly reasons: readonly Pick<Reason, "triggerId">[];
  /** Page images there are. */
  readonly pages: number;
  /** Those that the person who answers has opened. */
  readonly openedPages: readonly number[];
  /** Files attached to the answer, which exist. */
  readonly attachments: number;
}

/**
 * Whoever lets a case through has looked at, or attached, what its reasons demand.
 * @throws {EvidenceMissingError} with every rule that is not met
 */
export function requireEvidence(rules: readonly EvidenceRule[], shown: Shown): void {
  const missing = rulesFor(rules, shown.reasons).flatMap((rule) => {
    const lack = lackOf(rule, shown);
    return lack === null ? [] : [{ pointer: `/evidence/${rule.id}`, detail: `${rule.label}: ${lack}` }];
  });
  if (missing.length > 0) throw new EvidenceMissingError(missing);
}

function lackOf(rule: EvidenceRule, { pages, openedPages, attachments }: Shown): string | null {
  if (rule.kind === "attach") return attachments > 0 ? null : "attach a file to your answer.";
  const unopened = Array.from({ length: pages }, (_, index) => index + 1).filter((page) => !openedPages.includes(page));
  return unopened.length === 0
    ? null
    : `open ${unopened.length === 1 ? "page" : "pages"} ${unopened.join(", ")} first.`;
}
