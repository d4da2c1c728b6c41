import { useRef } from "preact/hooks";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Fault } from "../decision/changes.ts";
import { lineTarget } from "../document/evidence.ts";
import type { Desk } from "./desk.ts";
import { addLine, type Draft, draftLines, removeLine } from "./draft.ts";
import { LineRow } from "./line-row.tsx";

interface Props {
  readonly desk: Desk;
  readonly subject: GetCaseResponse;
  readonly draft: Draft;
  readonly active: string | null;
  readonly faults: readonly Fault[];
}

/** Line items as a small table: every cell can be changed, lines added and removed. */
export function Lines({ desk, subject, draft, active, faults }: Props) {
  const section = useRef<HTMLElement>(null);
  const lines = draftLines(subject, draft);
  const { lineCells } = subject;
  if (lineCells.length === 0 || (desk.readOnly && lines.length === 0)) return null;

  /** The focus stays in the table when rows come and go. */
  const focusRow = (row: number) =>
    requestAnimationFrame(() => {
      const rows = section.current?.querySelectorAll<HTMLElement>("[data-line]");
      const cell = rows?.[Math.min(row, rows.length - 1)]?.querySelector("input");
      (cell ?? section.current?.querySelector<HTMLElement>(".add"))?.focus();
    });
  const add = () => {
    desk.edit((now) => addLine(subject, now, `added-${crypto.randomUUID()}`));
    focusRow(lines.length);
  };

  return (
    <section class="lines" aria-labelledby="lines" ref={section}>
      <h2 id="lines">Lines</h2>
      {lines.length > 0 && (
        <table aria-labelledby="lines">
          <thead>
            <tr>
              {lineCells.map(({ field, label, format }) => (
                <th key={field} scope="col" data-format={format}>
                  {label}
                </th>
              ))}
              <th scope="col">
                <span class="unseen">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, row) => {
              const target = line.origin === null ? line.id : lineTarget(line.origin);
              return (
                <LineRow
                  key={line.id}
                  desk={desk}
                  subject={subject}
                  line={line}
                  row={row}
                  target={target}
                  isActive={active === target}
                  faults={faults.filter((fault) => fault.at.startsWith(`${line.id}/`))}
                  onRemove={() => {
                    desk.edit((now) => removeLine(subject, now, line.id));
                    focusRow(row);
                  }}
                />
              );
            })}
          </tbody>
        </table>
      )}
      {!desk.readOnly && (
        <button type="button" class="quiet add" onClick={add}>
          + Add a line
        </button>
      )}
    </section>
  );
}
