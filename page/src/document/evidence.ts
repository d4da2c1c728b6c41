import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Box } from "../../../shared/contracts/document.ts";

/** A place on a page that supports a value; `target` names the field, or `line:<place in the proposal>`. */
export interface Mark {
  readonly target: string;
  readonly label: string;
  readonly page: number;
  readonly box: Box;
}

export const lineTarget = (origin: number): string => `line:${origin}`;

/** All places the proposal names, in the order of its findings and lines. */
export function marksOf(subject: GetCaseResponse): readonly Mark[] {
  const labels = new Map(subject.fields.map(({ field, label }) => [field, label]));
  const findings = (subject.proposal?.findings ?? []).flatMap(({ field, evidence }) =>
    evidence.map(({ page, box }) => ({ target: field, label: labels.get(field) ?? field, page, box })),
  );
  const lines = (subject.proposal?.lines ?? []).flatMap(({ evidence }, at) =>
    evidence.map(({ page, box }) => ({ target: lineTarget(at), label: `Line ${at + 1}`, page, box })),
  );
  return [...findings, ...lines];
}

/** Where a box stands on its page, as CSS lengths; what lies outside the page is cut to it. */
export function placeOf(box: Box): { left: string; top: string; width: string; height: string } {
  const within = (value: number) => Math.min(Math.max(Number.isFinite(value) ? value : 0, 0), 1);
  const [left, top] = [within(box.left), within(box.top)];
  const percent = (value: number) => `${(value * 100).toFixed(3)}%`;
  return {
    left: percent(left),
    top: percent(top),
    width: percent(Math.min(within(box.width), 1 - left)),
    height: percent(Math.min(within(box.height), 1 - top)),
  };
}
