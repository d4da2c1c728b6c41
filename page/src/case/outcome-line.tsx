import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { Text } from "../view/text.tsx";

/** Where the case stands once nobody is asked any more: its outcome is on the way, or delivered under this id. */
export function OutcomeLine({ subject }: { subject: GetCaseResponse }) {
  const { status, outcomeId } = subject.case;
  if (status !== "decided" && status !== "closed") return null;
  return (
    <p class="meta">
      {status === "closed" ? "Outcome delivered" : "The outcome is on its way"}
      {outcomeId !== null && (
        <>
          {" · "}
          <Text>{outcomeId}</Text>
        </>
      )}
    </p>
  );
}
