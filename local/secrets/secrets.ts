import { randomInt } from "node:crypto";
import * as z from "zod";
import type { Authorise } from "../iam/principal.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsRequest, AwsService } from "../wire/service.ts";

/** The template declares a secret in a way that this machine cannot make. */
class SecretNotImitatedError extends Error {
  override readonly name = "SecretNotImitatedError";
}

const generated = z.strictObject({
  PasswordLength: z.int().min(1).max(4096).default(32),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeCharacters: z.string().default(""),
});
const declared = z.object({ GenerateSecretString: generated });
const stored = z.object({ value: z.string(), createdAt: z.number() });
const getSecretValue = z.object({ SecretId: z.string() });

const letters = "abcdefghijklmnopqrstuvwxyz";
const plain = `${letters}${letters.toUpperCase()}0123456789`;
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

export interface SecretsOptions {
  readonly template: Template;
  readonly storage: Storage;
  readonly now: () => Date;
  readonly authorise: Authorise;
}

/** Stands in for Secrets Manager's GetSecretValue. Values are drawn when a secret first appears, and then stay. */
export async function openSecrets({ template, storage, now, authorise }: SecretsOptions): Promise<AwsService> {
  const secrets = template.ofType("AWS::SecretsManager::Secret").map((resource) => {
    const { success, data, error } = declared.safeParse(resource.properties);
    if (success) return { arn: resource.ref, key: `secret/${resource.logicalId}`, how: data.GenerateSecretString };
    throw new SecretNotImitatedError(
      `${resource.logicalId}: ${z.prettifyError(error)}. This machine draws secrets as GenerateSecretString says, without a template.`,
    );
  });
  for (const { key, how } of secrets) {
    if ((await storage.get(key)) !== undefined) continue;
    await storage.write([{ key, value: { value: draw(how), createdAt: now().getTime() / 1000 } }]);
  }
  return {
    name: "secretsmanager",
    handle: async ({ headers, body, principal }: AwsRequest) => {
      const operation = headers["x-amz-target"]?.split(".").at(-1) ?? "";
      if (operation !== "GetSecretValue")
        throw new NotImitatedError(`Secrets Manager's ${operation}; it has GetSecretValue`);
      const { SecretId } = parsed(body);
      const found = secrets.find(({ arn }) => arn === SecretId);
      authorise(principal, "secretsmanager:GetSecretValue", found?.arn ?? SecretId);
      if (!found)
        throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400);
      const { value, createdAt } = stored.parse(await storage.get(found.key));
      return {
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify({
          ARN: found.arn,
          Name: found.arn.split(":").at(-1)?.slice(0, -7),
          SecretString: value,
          VersionStages: ["AWSCURRENT"],
          CreatedDate: createdAt,
        }),
      };
    },
  };
}

function draw({ PasswordLength, ExcludePunctuation, ExcludeCharacters }: z.infer<typeof generated>): string {
  const alphabet = [...plain, ...(ExcludePunctuation ? "" : punctuation)].filter(
    (character) => !ExcludeCharacters.includes(character),
  );
  return Array.from({ length: PasswordLength }, () => alphabet[randomInt(alphabet.length)]).join("");
}

function parsed(body: Buffer): z.infer<typeof getSecretValue> {
  try {
    return getSecretValue.parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new AwsError("InvalidParameterException", "SecretId is missing.");
  }
}
