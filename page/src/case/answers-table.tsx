import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { DecisionRecord } from "../../../shared/contracts/decision.ts";
import { done } from "../decision/answer.ts";
import { Text } from "../view/text.tsx";
import { compareAnswers } from "./compare-answers.ts";

interface Props {
  readonly subject: GetCaseResponse;
  readonly title: string;
  readonly says: string;
  readonly columns: readonly { readonly heading: string; readonly record: DecisionRecord }[];
  /** What is to be said of the values that are not listed. @default that they are the same */
  readonly rest?: string;
  /** Puts an answer's values into the form; null where nothing can be changed. */
  readonly take: ((record: DecisionRecord) => void) | null;
}

/** Answers side by side with the software's; only what differs is listed, each with a mark that says so. */
export function AnswersTable({ subject, title, says, columns, rest, take }: Props) {
  const { differences, same } = compareAnswers(
    subject,
    columns.map(({ record }) => record.decision),
  );
  return (
    <section class="compare" aria-label={title}>
      <h2>{title}</h2>
      <p class="soft">{says}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Software</th>
            {columns.map(({ heading, record }) => (
              <th key={record.reviewId} scope="col">
                <Text>{heading}</Text>
                <small>{rest === undefined ? done[record.decision.action] : "Stated"}</small>
                {record.decision.note !== undefined && record.decision.note !== "" && (
                  <small>
                    “<Text>{record.decision.note}</Text>”
                  </small>
                )}
                {take !== null && record.decision.action !== "reject" && (
                  <button type="button" class="link" onClick={() => take(record)}>
                    Take {heading === "You" ? "my" : "these"} values
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, software, answers }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <Value value={software} isOdd={false} />
              {answers.map((value, at) => {
                const record = columns[at]?.record;
                if (record === undefined) return null;
                const states = record.decision.action !== "reject";
                return states ? (
                  <Value key={record.reviewId} value={value} isOdd={value !== software} />
                ) : (
                  <td key={record.reviewId}>–</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        {differences.length === 0 ? "No value differs. " : ""}
        {same > 0 && (rest ?? `${same} ${same === 1 ? "value is" : "values are"} the same.`)}
      </p>
    </section>
  );
}

function Value({ value, isOdd }: { value: string | null; isOdd: boolean }) {
  return (
    <td class={isOdd ? "odd" : undefined}>
      {isOdd && (
        <>
          <span aria-hidden="true">≠ </span>
          <span class="unseen">differs: </span>
        </>
      )}
      {value === null ? <i>empty</i> : <Text>{value}</Text>}
    </td>
  );
}
