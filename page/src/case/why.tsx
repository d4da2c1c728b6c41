import type { Reason, Severity, TriggerKind } from "../../../shared/contracts/disposition.ts";
import { Text } from "../view/text.tsx";

const kinds: Record<TriggerKind, string> = {
  confidence: "Confidence",
  policy: "Policy",
  "data-quality": "Data quality",
  impact: "Impact",
};

/** Said in words and as one to three bars: colour alone says nothing. */
const severities: Record<Severity, { readonly bars: string; readonly words: string }> = {
  high: { bars: "▮▮▮", words: "High severity" },
  medium: { bars: "▮▮▯", words: "Medium severity" },
  low: { bars: "▮▯▯", words: "Low severity" },
};

function SeverityMark({ severity }: { severity: Severity }) {
  const { bars, words } = severities[severity];
  return (
    <span class="severity" title={words}>
      <span aria-hidden="true">{bars}</span>
      <span class="unseen">{words}</span>
    </span>
  );
}

/** Why software did not decide alone: each rule with what was seen and its limit, and what would have let the case pass. */
export function Why({ reasons, passesIf, isPast }: { reasons: readonly Reason[]; passesIf: string; isPast: boolean }) {
  if (reasons.length === 0) return null;
  return (
    <section class="why" aria-labelledby="why">
      <h2 id="why">{isPast ? "Why it needed a person" : "Why this needs you"}</h2>
      <ol>
        {reasons.map((reason) => (
          <li key={reason.triggerId}>
            <span class="kind">
              {kinds[reason.kind]}
              <SeverityMark severity={reason.severity} />
            </span>
            <span>
              <Text>{reason.message}</Text>
              {reason.observed !== "" && !reason.message.includes(reason.observed) && (
                <small>
                  <Text>{reason.observed}</Text>
                </small>
              )}
              {reason.limit !== "" && (
                <small>
                  Limit: <Text>{reason.limit}</Text>
                </small>
              )}
            </span>
          </li>
        ))}
      </ol>
      {passesIf !== "" && (
        <p>
          It would have passed if <Text>{passesIf.replace(/\.$/, "")}</Text>.
        </p>
      )}
    </section>
  );
}

/** The whole counterfactual: the gate's where it judged these reasons, else the reasons' own, joined. */
export function counterfactual(reasons: readonly Reason[]): string {
  return [...new Set(reasons.map((reason) => reason.passesIf).filter((clause) => clause !== ""))].join(" and ");
}
