import type { DecisionAction } from "../../../shared/contracts/decision.ts";
import type { Verdict } from "./answer.ts";

/** An answer that is explained before it is sent: its button, its key, and what the note is asked for. */
interface Explained {
  readonly verdict: Exclude<Verdict, "approve">;
  readonly label: string;
  readonly key: string;
  readonly ask: string;
}

/** In the order of the bar; only those that the policy offers here are shown. */
export const explained: readonly Explained[] = [
  { verdict: "answer", label: "Answer", key: "H", ask: "What is your answer? The case goes back to whoever asked." },
  { verdict: "reject", label: "Reject", key: "R", ask: "Why do you reject it?" },
  { verdict: "ask", label: "Ask sender", key: "A", ask: "What is the sender to answer, or to send again?" },
  { verdict: "escalate", label: "Escalate", key: "E", ask: "What should the next person look at?" },
];

export const offered = (actions: readonly DecisionAction[]): readonly Explained[] =>
  explained.filter(({ verdict }) => actions.includes(verdict));
