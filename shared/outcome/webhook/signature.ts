import { createHmac } from "node:crypto";

/** Happens when the stored secret is no base64 of at least 24 bytes. Nothing is sent unsigned; mend the secret. */
export class WebhookSecretInvalidError extends Error {
  override readonly name = "WebhookSecretInvalidError";

  constructor(bytes: number) {
    super(
      `The webhook's secret has ${bytes} bytes; it is whsec_ and the base64 of 24 to 64 bytes. Store one, or deploy anew.`,
    );
  }
}

const prefix = "whsec_";
const minBytes = 24;

/** One message to be signed. `timestampSeconds`: Unix time of this attempt, so that a replay shows. */
export interface SignedMessage {
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: string;
}

/**
 * The headers of a message that say who sent it and when.
 *
 * @param secret - `whsec_` and base64; the prefix may be left out.
 * @throws {WebhookSecretInvalidError}
 * @see https://github.com/standard-webhooks/standard-webhooks, symmetric signatures: HMAC-SHA256 over `id.timestamp.body`
 */
export function signedHeaders(secret: string, { id, timestampSeconds, body }: SignedMessage): Record<string, string> {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, "base64");
  if (key.length < minBytes) throw new WebhookSecretInvalidError(key.length);
  const signature = createHmac("sha256", key).update(`${id}.${timestampSeconds}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestampSeconds),
    "webhook-signature": `v1,${signature}`,
  };
}
