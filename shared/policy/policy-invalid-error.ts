/** One thing that is wrong with a policy document. `pointer`: RFC 6901, into the document. `detail`: value and remedy. */
export interface PolicyProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** Happens when a policy document cannot be used. HTTP 422; every problem names path, value and remedy. */
export class PolicyInvalidError extends Error {
  override readonly name = "PolicyInvalidError";
  readonly errors: readonly PolicyProblem[];

  constructor(errors: readonly PolicyProblem[]) {
    super(
      `The policy cannot be used:\n${errors.map(({ pointer, detail }) => `- ${pointer || "/"}: ${detail}`).join("\n")}`,
    );
    this.errors = errors;
  }
}

/** A value as a message can hold it: JSON, cut short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** `["triggers", 0, "a/b"]` → "/triggers/0/a~1b". @see RFC 6901 */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
