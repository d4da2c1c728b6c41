import type { Finding } from "../../../shared/contracts/proposal.ts";
import { auroc } from "./auroc.ts";

/** What a document's truth says of its fields; fields it does not speak of are not judged. */
export type Truth = Readonly<Record<string, string>>;

export interface JudgedValue {
  readonly document: string;
  readonly field: string;
  readonly expected: string;
  readonly found: string | null;
  readonly confidence: number;
  readonly correct: boolean;
}

const comparable = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toUpperCase();
const textFields = new Set(["supplier", "buyer", "number", "taxId", "iban", "orderReference"]);

export const judge = (document: string, findings: readonly Finding[], truth: Truth): JudgedValue[] =>
  Object.entries(truth).map(([field, expected]) => {
    const finding = findings.find((candidate) => candidate.field === field);
    const found = finding?.value ?? null;
    const correct =
      found !== null && (textFields.has(field) ? comparable(found) === comparable(expected) : found === expected);
    return { document, field, expected, found, confidence: finding?.confidence ?? 0, correct };
  });

export interface SetMeasures {
  readonly documents: number;
  /** Share of right values, by field. */
  readonly accuracy: Readonly<Record<string, number>>;
  /** Over the values found: a field left empty is a case for a person in any event. */
  readonly auroc: number | null;
  /** Share of wrong ones among the values found with confidence of at least 0.9, and how many those are. */
  readonly surest: { readonly values: number; readonly wrong: number };
  readonly millisecondsPerDocument: number;
}

export function measuresOf(judged: readonly JudgedValue[], documents: number, milliseconds: number): SetMeasures {
  const fields = [...new Set(judged.map(({ field }) => field))];
  const found = judged.filter((value) => value.found !== null);
  const sure = found.filter(({ confidence }) => confidence >= 0.9);
  const share = (field: string) => {
    const own = judged.filter((value) => value.field === field);
    return round(own.filter(({ correct }) => correct).length / own.length);
  };
  return {
    documents,
    accuracy: Object.fromEntries(fields.map((field) => [field, share(field)])),
    auroc: round(auroc(found)),
    surest: { values: sure.length, wrong: sure.filter(({ correct }) => !correct).length },
    millisecondsPerDocument: round(milliseconds / Math.max(1, documents)) ?? 0,
  };
}

function round(value: number): number;
function round(value: number | null): number | null;
function round(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 1_000;
}
