import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Fault } from "../decision/changes.ts";
import { isDeceptive, Text } from "../view/text.tsx";
import type { Desk } from "./desk.ts";
import { type DraftLine, settleCell, typeCell } from "./draft.ts";

interface Props {
  readonly desk: Desk;
  readonly subject: GetCaseResponse;
  readonly line: DraftLine;
  readonly row: number;
  /** What the document lights for this line. */
  readonly target: string;
  readonly isActive: boolean;
  readonly faults: readonly Fault[];
  onRemove(): void;
}

/** One line item; what is wrong with it stands below it. */
export function LineRow({ desk, subject, line, row, target, isActive, faults, onRemove }: Props) {
  const below = `below-${line.id}`;
  const hidden = Object.values(line.cells).filter(isDeceptive);
  return (
    <>
      <tr class={isActive ? "active" : undefined} data-line={target}>
        {subject.lineCells.map(({ field, label, format }) => (
          <td key={field} data-format={format}>
            <input
              aria-label={`${label}, line ${row + 1}`}
              aria-invalid={faults.some((fault) => fault.at === `${line.id}/${field}`)}
              aria-describedby={below}
              data-value={`${line.id}/${field}`}
              value={line.cells[field] ?? ""}
              title={line.cells[field]}
              readOnly={desk.readOnly}
              autocomplete="off"
              spellcheck={false}
              dir="auto"
              onInput={(event) => {
                const text = event.currentTarget.value;
                desk.edit((now) => typeCell(subject, now, line.id, field, text));
              }}
              onFocus={() => desk.look(target)}
              onBlur={() => desk.edit((now) => settleCell(subject, now, line.id, field))}
            />
          </td>
        ))}
        <td>
          {!desk.readOnly && (
            <button type="button" class="quiet" aria-label={`Remove line ${row + 1}`} title="Remove" onClick={onRemove}>
              ×
            </button>
          )}
        </td>
      </tr>
      {(faults.length > 0 || hidden.length > 0) && (
        <tr id={below}>
          <td colSpan={subject.lineCells.length + 1}>
            {faults.map((fault) => (
              <p key={fault.at} class="fault">
                {fault.message}
              </p>
            ))}
            {hidden.map((text) => (
              <p key={text} class="fault">
                Holds invisible marks: <Text>{text}</Text>
              </p>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}
