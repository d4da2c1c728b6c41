import type * as z from "zod";
import type { listName } from "../../../shared/contracts/api.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";

export interface ReferenceList {
  readonly name: z.infer<typeof listName>;
  readonly title: string;
  readonly use: string;
}

export const referenceLists: readonly ReferenceList[] = [
  { name: "vendors", title: "Vendors", use: "Suppliers that are known, with their bank accounts" },
  { name: "purchase-orders", title: "Purchase orders", use: "Orders an invoice may refer to, with their supplier" },
  {
    name: "cost-centres",
    title: "Cost centres",
    use: "Cost centres that exist, and the department that answers for each",
  },
];

/** One thing that is wrong with a file. `row` counts from 1 as a spreadsheet does; null when it is about the whole file. */
export interface RowError {
  readonly row: number | null;
  readonly message: string;
}

/** The errors of a refused list, by row: a pointer's last number is the row (`/csv/12`). Without any, the problem's own sentence. */
export function rowErrors(problem: Problem): readonly RowError[] {
  const errors = (problem.errors ?? []).map(({ pointer, detail }) => {
    const row = /\/(\d+)(?:\/[^/]*)?$/.exec(pointer)?.[1];
    return { row: row === undefined ? null : Number(row), message: detail };
  });
  return errors.length > 0 ? errors : [{ row: null, message: problem.detail }];
}
