import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoWebhooks } from "../../shared/aws/dynamodb/webhooks.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3DeliveredOutcomes } from "../../shared/aws/s3/delivered-outcomes.ts";
import { managedWebhookSecret } from "../../shared/aws/webhook-secret.ts";
import { httpSender } from "../../shared/outcome/webhook/http-sender.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("send-webhooks");
const now = () => new Date();

export const handler = createHandler({
  webhooks: dynamoWebhooks({ client: dynamoDb(), caseTable: env.CASE_TABLE }),
  outcomes: s3DeliveredOutcomes({ client: s3(), bucket: env.OUTCOME_BUCKET }),
  secret: managedWebhookSecret({ client: new SecretsManagerClient({}), secretId: env.WEBHOOK_SECRET, now }),
  post: httpSender(env.WEBHOOK_URL),
  now,
  random: Math.random,
});
