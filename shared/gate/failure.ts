import type { Reason } from "../contracts/disposition.ts";

/** What people are told of a failure of the first pass, by error name: message, and what would have let the case pass. */
const known: Readonly<Record<string, readonly [message: string, passesIf: string]>> = {
  DocumentEmptyError: ["The file is empty", "the file had content"],
  DocumentTypeUnsupportedError: ["This kind of file cannot be read", "the file were a PDF, a JPEG or a PNG"],
  DocumentEncryptedError: ["The PDF is locked with a password", "the PDF could be opened without a password"],
  DocumentUnreadableError: ["The file is damaged", "the file were complete and undamaged"],
  DocumentTooLargeError: ["The file is too large to be read", "the file were within the limits of size and pages"],
  DocumentHasNoPagesError: ["The PDF has no pages", "the PDF had at least one page"],
  DocumentTooComplexError: [
    "The file takes too much time or memory to read",
    "the file could be read within the bounds",
  ],
  XmlHasEntitiesError: [
    "The embedded data declares entities, which is how attacks look",
    "the embedded XML had no document type",
  ],
  DailyPageCapReachedError: [
    "Today's cap on text detection is reached",
    "the cap on pages were higher, or it were tomorrow",
  ],
  ProposalMissingError: ["The first pass ended without a proposal", "the first pass had ended with a proposal"],
};

/** A failure as a reason. Unknown errors are told by name only: their messages may hold document text. */
export function failureReason(error: string, cause: string): Reason {
  const found = unwrap(error, cause);
  const isKnown = Object.hasOwn(known, found.error);
  const [message, passesIf] = (isKnown ? known[found.error] : undefined) ?? [
    "The software's first pass failed",
    "the first pass had not failed",
  ];
  return {
    triggerId: "first-pass-failed",
    kind: "data-quality",
    severity: "high",
    message,
    observed: isKnown && found.message ? found.message.slice(0, 300) : found.error,
    limit: "Only what was read and proposed can pass alone",
    passesIf,
    fields: [],
  };
}

/**
 * The error that started it. A nested execution reports `States.TaskFailed` with a JSON description of the child, a Lambda
 * its own error with `{"errorType", "errorMessage"}`; both may be cut off.
 */
function unwrap(error: string, cause: string): { error: string; message: string } {
  const outer = parse(cause);
  if (typeof outer?.Error === "string") return unwrap(outer.Error, String(outer.Cause ?? ""));
  if (typeof outer?.errorType === "string")
    return { error: outer.errorType, message: String(outer.errorMessage ?? "") };
  return { error, message: cutOff(cause) };
}

/** The message of a Lambda's report that lost its end; a report of anything else is not for people. */
function cutOff(cause: string): string {
  if (!cause.trimStart().startsWith("{")) return cause;
  const told = /"errorMessage"\s*:\s*"((?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)/u.exec(cause)?.[1];
  return told === undefined ? "" : String(JSON.parse(`"${told}"`));
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
