import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Happens when the secret holds no text. Nothing is sent; it is tried again. */
class WebhookSecretMissingError extends Error {
  override readonly name = "WebhookSecretMissingError";

  constructor(secretId: string) {
    super(`The secret ${secretId} holds no text. Store whsec_ and the base64 of 24 to 64 bytes in it.`);
  }
}

/** How long a process goes on with a secret it has read: a new one counts from then on. */
const keptMilliseconds = 5 * 60 * 1000;

export function managedWebhookSecret({
  client,
  secretId,
  now,
}: {
  client: SecretsManagerClient;
  secretId: string;
  now: () => Date;
}): () => Promise<string> {
  let kept: { value: string; until: number } | null = null;
  return async () => {
    if (kept && now().getTime() < kept.until) return kept.value;
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    if (!SecretString) throw new WebhookSecretMissingError(secretId);
    kept = { value: SecretString, until: now().getTime() + keptMilliseconds };
    return SecretString;
  };
}
