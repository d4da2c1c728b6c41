import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";

const algorithms: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  crc32: (content) => bigEndian(crc32(content)),
  crc32c: (content) => bigEndian(crc32c(content)),
  sha1: (content) => createHash("sha1").update(content).digest(),
  sha256: (content) => createHash("sha256").update(content).digest(),
};

const headerPrefix = "x-amz-checksum-";

/** Headers of the same family that hold no checksum. */
const notChecksums = new Set(["algorithm", "mode", "type"]);

/**
 * Checks the content against every checksum that came with it, in a header or a trailer.
 *
 * @returns them by algorithm, base64, to be kept with the object.
 * @throws {AwsError} BadDigest or InvalidDigest; {NotImitatedError} for CRC-64 and whatever comes next.
 */
export function verifiedChecksums(content: Buffer, headers: Readonly<Record<string, string>>): Record<string, string> {
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== createHash("md5").update(content).digest("base64")) {
    throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  const checksums: Record<string, string> = {};
  for (const [name, stated] of Object.entries(headers)) {
    const algorithm = name.startsWith(headerPrefix) ? name.slice(headerPrefix.length) : undefined;
    if (algorithm === undefined || notChecksums.has(algorithm)) continue;
    const compute = algorithms[algorithm];
    if (!compute)
      throw new NotImitatedError(`the checksum ${algorithm}; ask the client for ${Object.keys(algorithms).join(", ")}`);
    if (compute(content).toString("base64") !== stated) {
      throw new AwsError(
        "BadDigest",
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
    checksums[algorithm] = stated;
  }
  return checksums;
}

export function checksumHeaders(checksums: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(checksums).map(([algorithm, value]) => [headerPrefix + algorithm, value] as const);
  return entries.length === 0 ? {} : { ...Object.fromEntries(entries), "x-amz-checksum-type": "FULL_OBJECT" };
}

function bigEndian(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value >>> 0);
  return buffer;
}

/** Castagnoli's polynomial, bits reversed. */
const castagnoli = 0x82f63b78;

const crc32cTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ castagnoli : value >>> 1;
  return value;
});

function crc32c(content: Buffer): number {
  let value = 0xffffffff;
  for (const byte of content) value = (crc32cTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
