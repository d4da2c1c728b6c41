import { parse } from "csv-parse/sync";
import { plainText } from "../../../values/plain-text.ts";
import { ListInvalidError, type ListProblem } from "./list-invalid-error.ts";

/** Most rows of a list. 50,000 rows of 80 bytes are the 4 MB that an upload may have. */
const maxListRows = 50_000;
/** Problems that are collected before the rest of the file is left unread. */
const maxProblems = 200;

/** A table's columns by name. */
type TableColumns<C extends string> = Readonly<Record<C, { readonly required: boolean }>>;

/** One line of the table: its number in the file, and its cells, trimmed; "" where a cell is empty or its column absent. */
interface TableRow<C extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<C, string>>;
}

/** Reads one row; problems go to `report`, and null leaves the row out. */
type ReadRow<C extends string, T> = (row: TableRow<C>, report: (column: C, problem: string) => void) => T | null;

const plainHeader = (header: string) => header.toLowerCase().replace(/[\s_-]+/g, "");

/**
 * Reads a CSV list: UTF-8 with or without byte order mark, comma, semicolon or tab (the header line tells), quotes, any line
 * ending. Columns may stand in any order; their names are compared without case, spaces, hyphens and underscores.
 *
 * @throws {ListInvalidError} naming every problem by line and column. An unknown column is one: ignored, a mistyped "ibans"
 * would make every account look new.
 */
export function readTable<C extends string, T>(
  list: string,
  csv: string,
  columns: TableColumns<C>,
  readRow: ReadRow<C, T>,
): T[] {
  const [header, ...records] = parseRecords(list, csv);
  if (header === undefined)
    throw new ListInvalidError(list, [{ line: 1, column: null, problem: `the file is empty; ${allowed(columns)}` }]);
  const positions = readHeader(list, header, columns);
  if (records.length > maxListRows)
    throw new ListInvalidError(list, [
      { line: maxListRows + 2, column: null, problem: `${records.length} rows, at most ${maxListRows} are allowed` },
    ]);

  const problems: ListProblem[] = [];
  const rows: T[] = [];
  for (const { line, fields } of records) {
    if (problems.length >= maxProblems) break;
    if (fields.length !== header.fields.length) {
      problems.push({
        line,
        column: null,
        problem: `${fields.length} cells where the header has ${header.fields.length}`,
      });
      continue;
    }
    const cells = mapColumns(columns, (column) => fields[positions[column]]?.trim() ?? "");
    const before = problems.length;
    for (const column of namesOf(columns))
      if (columns[column].required && cells[column] === "") problems.push({ line, column, problem: "is empty" });
    const report = (column: C, problem: string) => {
      if (cells[column] !== "" || !columns[column].required) problems.push({ line, column, problem });
    };
    const row = readRow({ line, cells }, report);
    if (row !== null && problems.length === before) rows.push(row);
  }
  if (problems.length > 0) throw new ListInvalidError(list, problems);
  return rows;
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function parseRecords(list: string, csv: string): CsvRecord[] {
  const text = csv.replace(/^\uFEFF/, "");
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: 100_000,
      on_record: (fields: string[], { lines }: { lines: number }) => {
        if (fields.some((field) => field.trim() !== "")) records.push({ line: lines, fields });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ListInvalidError(list, [
      { line: lineOf(error), column: null, problem: `is not CSV: ${plainText(error.message, 200)}` },
    ]);
  }
  return records;
}

const lineOf = (error: Error): number => ("lines" in error && typeof error.lines === "number" ? error.lines : 1);

/** The separator that the header line holds most of. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (separator: string) => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function readHeader<C extends string>(
  list: string,
  { line, fields }: CsvRecord,
  columns: TableColumns<C>,
): Record<C, number> {
  const headers = fields.map(plainHeader);
  const known = new Set(namesOf(columns).map(plainHeader));
  const problems: ListProblem[] = [];
  for (const [index, header] of headers.entries()) {
    const column = plainText(fields[index] ?? "", 40);
    if (!known.has(header))
      problems.push({ line, column, problem: `is not a column of this list; ${allowed(columns)}` });
    else if (headers.indexOf(header) !== index) problems.push({ line, column, problem: "stands in the header twice" });
  }
  for (const column of namesOf(columns))
    if (columns[column].required && !headers.includes(plainHeader(column)))
      problems.push({ line, column, problem: `is missing from the header; ${allowed(columns)}` });
  if (problems.length > 0) throw new ListInvalidError(list, problems);
  return mapColumns(columns, (column) => headers.indexOf(plainHeader(column)));
}

const allowed = <C extends string>(columns: TableColumns<C>) =>
  `the columns are ${namesOf(columns)
    .map((column) => (columns[column].required ? column : `${column} (optional)`))
    .join(", ")}`;

function namesOf<C extends string>(columns: Readonly<Record<C, unknown>>): C[] {
  const names: C[] = [];
  for (const name in columns) names.push(name);
  return names;
}

function mapColumns<C extends string, V>(columns: Readonly<Record<C, unknown>>, value: (column: C) => V): Record<C, V> {
  const result: Partial<Record<C, V>> = {};
  for (const column of namesOf(columns)) result[column] = value(column);
  return result as Record<C, V>;
}
