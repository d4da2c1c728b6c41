import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { systemClock } from "../../../local/clock/system-clock.ts";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { openDynamoDB } from "../../../local/dynamodb/service.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { openCredentials } from "../../../local/iam/credentials.ts";
import type { Statement } from "../../../local/iam/principal.ts";
import { operator } from "../../../local/iam/principals.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import type { Template } from "../../../local/template/template.ts";
import { openEndpoint } from "../../../local/wire/endpoint.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";
import { casesAndLedger } from "./declared-tables.ts";

export { cases, casesAndLedger, ledger } from "./declared-tables.ts";

export interface Given {
  readonly template?: Template;
  readonly directory?: string;
  /** Policies of a role that signs instead of the operator. */
  readonly statements?: readonly Statement[];
}

/** The service behind the real endpoint, asked by the real SDK client. Closes with the test, or when told to. */
export async function givenDynamoDB({
  template = casesAndLedger(),
  directory = newDirectory(),
  statements,
}: Given = {}) {
  const clock = new TurnedClock();
  const storage = await openStorage(join(directory, "dynamodb"));
  const dynamodb = await openDynamoDB({ template, storage, clock, authorise });
  const role = {
    name: "Role",
    arn: "arn:aws:sts::000000000000:assumed-role/Role/Signoff",
    statements: statements ?? [],
  };
  const credentials = openCredentials(directory, [operator, role]);
  const endpoint = await openEndpoint({ services: [dynamodb], credentials, clock: systemClock });
  const client = new DynamoDBClient({
    endpoint: endpoint.url,
    region: "us-east-1",
    credentials: credentials.keyOf(statements ? "Role" : "operator"),
    maxAttempts: 1,
  });
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    client.destroy();
    await endpoint.close();
    await dynamodb.close();
    await storage.close();
  };
  onTestFinished(close);
  return { client, clock, dynamodb, directory, close, url: endpoint.url };
}

export const newDirectory = () => temporaryDirectory("dynamodb");
