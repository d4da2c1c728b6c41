import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { Text } from "../view/text.tsx";

/** What a good answer looks like, and what this person may do here; both from the policy. */
export function Guidance({ guidance }: { guidance: GetCaseResponse["guidance"] }) {
  return (
    <>
      {guidance.instructions !== "" && (
        <details open>
          <summary>How to go about it</summary>
          <p class="said">
            <Text>{guidance.instructions}</Text>
          </p>
        </details>
      )}
      <List title="What a good answer looks like" sentences={guidance.criteria} />
      <List title="What you may do" sentences={guidance.authority} />
    </>
  );
}

function List({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <details open>
      <summary>{title}</summary>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Text>{sentence}</Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
