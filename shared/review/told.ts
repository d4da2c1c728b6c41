import type { Decision } from "../contracts/decision.ts";

/** An answer as the case's history tells it: what was done, never a value. */
export function told(decision: Decision): string {
  switch (decision.action) {
    case "approve":
      return "Approved it as proposed";
    case "correct": {
      const names = [...Object.keys(decision.fields), ...(decision.lines ? ["lines"] : [])];
      return `Corrected ${names.join(", ")}`;
    }
    case "reject":
      return "Rejected it";
    case "escalate":
      return "Escalated it with a question";
    case "ask":
      return "Asked the sender";
    case "answer":
      return "Answered the question and handed it back";
  }
}
