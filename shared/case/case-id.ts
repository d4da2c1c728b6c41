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
