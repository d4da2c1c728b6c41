import { useMemo } from "preact/hooks";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Fault } from "../decision/changes.ts";
import { fieldsToLookAt, orderFields } from "./attention.ts";
import type { Desk } from "./desk.ts";
import {
  type Draft,
  fieldText,
  hasSuggestion,
  proposedValue,
  settleField,
  toggleSuggestion,
  typeField,
} from "./draft.ts";
import { FieldRow } from "./field-row.tsx";
import { readValue, showValue } from "./format.ts";

interface Props {
  readonly desk: Desk;
  readonly subject: GetCaseResponse;
  readonly draft: Draft;
  readonly active: string | null;
  readonly faults: readonly Fault[];
}

/** The values of a case, those to look at first, each one Tab away. */
export function Fields({ desk, subject, draft, active, faults }: Props) {
  const { reasons } = desk.review;
  const look = useMemo(() => fieldsToLookAt(subject, reasons), [subject, reasons]);
  const order = orderFields(subject.fields, look);
  if (order.length === 0) return null;
  return (
    <section class={desk.blind ? "fields blind" : "fields"} aria-labelledby="fields">
      <h2>
        <span id="fields">Fields</span>
        {!desk.readOnly && <span>{desk.blind ? "What do you see?" : "Tab moves, Enter keeps"}</span>}
      </h2>
      {order.map((descriptor) => {
        const { field, format } = descriptor;
        const text = fieldText(subject, draft, field);
        const proposed = proposedValue(subject, field);
        const reading = readValue(format, text);
        const isChanged =
          draft.fields[field] !== undefined &&
          text !== showValue(format, proposed) &&
          !("value" in reading && reading.value === proposed);
        const restore = () =>
          desk.edit((now) => settleField(subject, typeField(now, field, showValue(format, proposed)), field));
        return (
          <FieldRow
            key={field}
            descriptor={descriptor}
            finding={subject.proposal?.findings.find((finding) => finding.field === field)}
            limit={subject.confidenceLimits[field]}
            blind={desk.blind}
            text={text}
            look={look.has(field)}
            isActive={active === field}
            isKept={draft.kept.includes(field)}
            isChanged={isChanged}
            tookSuggestion={hasSuggestion(subject, draft, field)}
            fault={faults.find((fault) => fault.at === field)?.message ?? null}
            readOnly={desk.readOnly}
            onType={(typed) => desk.edit((now) => typeField(now, field, typed))}
            onFocus={() => desk.look(field)}
            onBlur={() => desk.settle(field)}
            onSuggestion={() => desk.edit((now) => toggleSuggestion(subject, now, field))}
            onRestore={restore}
          />
        );
      })}
    </section>
  );
}
