import { createHash } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const length = 26; // 130 bits of the hash

/**
 * Id of the case that a drop opens: the same bucket, key and version always give the same case, so a repeated event
 * opens nothing twice, and a re-upload under an old name is a new case.
 */
export const caseIdOfDrop = (bucket: string, key: string, versionId: string): string =>
  idOf("drop", bucket, key, versionId);

/** Id of the case that an API call announces: repeating the call with its idempotency key announces the same case. */
export const caseIdOfSubmission = (personId: string, idempotencyKey: string): string =>
  idOf("submission", personId, idempotencyKey);

/** Id of a file that somebody attaches to a review: sending it again keeps it once. */
export const attachmentIdOf = (reviewId: string, personId: string, idempotencyKey: string): string =>
  idOf("attachment", reviewId, personId, idempotencyKey);

/** Id of a report of harm: sending it again reports it once. */
export const harmIdOf = (caseId: string, personId: string, idempotencyKey: string): string =>
  idOf("harm", caseId, personId, idempotencyKey);

/** Id of the chain of events about who may do what in a workflow. Shaped like a case's, so that one check reads all chains. */
export const peopleChainId = (workflow: string): string => idOf("people", workflow);

/** Id of the chain of events about a workflow's policy. */
export const policyChainId = (workflow: string): string => idOf("policy", workflow);

/** Id of a policy change; it names the execution that waits for the signature, too. Proposing it again proposes it once. */
export const policyChangeIdOf = (
  workflow: string,
  baseVersion: number,
  personId: string,
  idempotencyKey: string,
): string => `${workflow}-${baseVersion}-${idOf("policy-change", workflow, personId, idempotencyKey).slice(0, 8)}`;

function idOf(...parts: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest();
  let id = "";
  let bits = 0;
  let value = 0;
  for (const byte of hash) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < length) {
      bits -= 5;
      id += alphabet.charAt((value >> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return id;
}
