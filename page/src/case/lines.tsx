import { useLayoutEffect, useRef } from "preact/hooks";
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
  /** The row to focus once the table is drawn anew, before the next key arrives: the focus stays in it when rows come and go. */
  const wanted = useRef<number | null>(null);
  const lines = draftLines(subject, draft);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const rows = section.current?.querySelectorAll<HTMLElement>("[data-line]");
    const cell = rows?.[Math.min(wanted.current, rows.length - 1)]?.querySelector("input");
    (cell ?? section.current?.querySelector<HTMLElement>(".add"))?.focus();
    wanted.current = null;
  }, [lines]);
  const { lineCells } = subject;
  if (lineCells.length === 0 || (desk.readOnly && lines.length === 0)) return null;

  const add = () => {
    wanted.current = lines.length;
    desk.edit((now) => addLine(subject, now, `added-${crypto.randomUUID()}`));
  };
  const remove = (id: string, row: number) => {
    wanted.current = row;
    desk.edit((now) => removeLine(subject, now, id));
  };

  return (
    <section class={desk.blind ? "lines blind" : "lines"} aria-labelledby="lines" ref={section}>
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
                  onRemove={() => remove(line.id, row)}
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
