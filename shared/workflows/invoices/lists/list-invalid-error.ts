export interface ListProblem {
  /** Counted from 1, as an editor does; the header is line 1. */
  readonly line: number;
  /** The column's name; null when the whole line or file is meant. */
  readonly column: string | null;
  /** What is wrong, with the value received and what is allowed. */
  readonly problem: string;
}

/** Problems written out in the message; the error itself holds more. */
const problemsInMessage = 10;

/** An uploaded list cannot be used; nothing of it was taken over. Answer 422; the same file will fail again. */
export class ListInvalidError extends Error {
  override readonly name = "ListInvalidError";
  readonly list: string;
  readonly problems: readonly ListProblem[];

  constructor(list: string, problems: readonly ListProblem[]) {
    const shown = problems.slice(0, problemsInMessage).map(sayProblem);
    const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
    super(
      `The ${list} list has ${problems.length} problem(s), mend them and upload it again. ${[...shown, ...more].join("; ")}.`,
    );
    this.list = list;
    this.problems = problems;
  }
}

export const sayProblem = ({ line, column, problem }: ListProblem): string =>
  column === null ? `line ${line}: ${problem}` : `line ${line}, ${column}: ${problem}`;
