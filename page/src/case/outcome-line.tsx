import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { Text } from "../view/text.tsx";

/** Where the case stands once nobody is asked any more: its outcome is on the way, or delivered under this id. */
export function OutcomeLine({ subject }: { subject: GetCaseResponse }) {
  const { status, outcomeId } = subject.case;
  if (status === "opened" || status === "waiting" || subject.masked) return null;
  return (
    <p class="meta">
      {status === "decided" ? "The outcome is on its way" : "Outcome delivered"}
      {outcomeId !== null && (
        <>
          {" · "}
          <Text>{outcomeId}</Text>
        </>
      )}
    </p>
  );
}
