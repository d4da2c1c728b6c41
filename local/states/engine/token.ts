import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Bytes of chance in a token: far more than guessing needs, so that tokens are as long as AWS's and show what URL-encoding breaks. */
const chanceBytes = 240;

export interface TokenAddress {
  readonly executionArn: string;
  readonly threadId: string;
}

/**
 * A task token says which execution it belongs to, signed with a secret of this store: no list of tokens has to be kept for a
 * year. Every token holds `+`, `/` and `=`, so that none survives a careless URL.
 */
export function newToken(secret: Buffer, { executionArn, threadId }: TokenAddress): string {
  const address = Buffer.from(`${executionArn}/${threadId}\0`);
  // Base64 ends in "=" unless the length is a multiple of three.
  const padding = (signatureBytes + address.length + chanceBytes) % 3 === 0 ? 1 : 0;
  for (;;) {
    const body = Buffer.concat([address, randomBytes(chanceBytes + padding)]);
    const token = Buffer.concat([sign(secret, body), body]).toString("base64");
    if (token.includes("+") && token.includes("/")) return token;
  }
}

/** Where the token leads, or nothing when this store never issued it. Whether it is still open, the thread knows. */
export function readToken(secret: Buffer, token: string): TokenAddress | undefined {
  const bytes = Buffer.from(token, "base64");
  if (bytes.toString("base64") !== token || bytes.length < signatureBytes + chanceBytes) return undefined;
  const body = bytes.subarray(signatureBytes);
  if (!timingSafeEqual(bytes.subarray(0, signatureBytes), sign(secret, body))) return undefined;
  const address = body.subarray(0, body.indexOf(0)).toString();
  const slash = address.lastIndexOf("/");
  return { executionArn: address.slice(0, slash), threadId: address.slice(slash + 1) };
}

const signatureBytes = 32;
const sign = (secret: Buffer, body: Buffer) => createHmac("sha256", secret).update(body).digest();
