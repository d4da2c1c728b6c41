import { createHash } from "node:crypto";

/** Fixed for the one machine: no real account has this number. */
export const accountId = "000000000000";
export const region = "us-east-1";

const suffixLength = 8;

/** `<Stack>-<LogicalId>`, cut to `maxLength` characters with a hash at the end where it would be longer. */
export function physicalName(stackName: string, logicalId: string, maxLength: number): string {
  const name = `${stackName}-${logicalId}`;
  if (name.length <= maxLength) return name;
  return `${name.slice(0, maxLength - suffixLength - 1)}-${generatedId(name, suffixLength)}`;
}

/** Lower case, 3 to 63 characters, letters, digits and hyphens. @see S3 bucket naming rules */
export function bucketName(stackName: string, logicalId: string): string {
  return physicalName(stackName, logicalId, 63)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, "-");
}

/** An id such as AWS would have drawn at random, here the same for the same seed: lower-case letters and digits. */
export function generatedId(seed: string, length: number): string {
  const digest = createHash("sha256").update(seed).digest("hex");
  return BigInt(`0x${digest}`).toString(36).padStart(length, "0").slice(-length);
}

export function arn(
  service: string,
  resource: string,
  { region: inRegion = region, account = accountId } = {},
): string {
  return `arn:aws:${service}:${inRegion}:${account}:${resource}`;
}
