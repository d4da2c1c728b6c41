import { AwsError } from "../wire/aws-error.ts";

/** Largest input or output of a state, task or execution, in bytes of UTF-8. @see AWS Step Functions service quotas */
const maxPayloadBytes = 262_144;

export function exceedsPayloadLimit(json: string): boolean {
  // A string has at most three bytes of UTF-8 per UTF-16 unit, so most need no counting.
  return json.length * 3 > maxPayloadBytes && Buffer.byteLength(json) > maxPayloadBytes;
}

/** Parses the JSON text of an API member, or throws `errorName`. Never echoes the text: it may be a document. */
export function parsePayload(text: string, member: string, errorName: string): unknown {
  if (exceedsPayloadLimit(text)) {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxPayloadBytes}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError(errorName, `Invalid State Machine Execution ${member}: the text is not valid JSON.`);
  }
}
