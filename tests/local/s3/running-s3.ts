import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { systemClock } from "../../../local/clock/system-clock.ts";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { openCredentials } from "../../../local/iam/credentials.ts";
import type { Statement } from "../../../local/iam/principal.ts";
import { operator } from "../../../local/iam/principals.ts";
import type { S3Event } from "../../../local/s3/notifications.ts";
import { openS3 } from "../../../local/s3/service.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import { openEndpoint } from "../../../local/wire/endpoint.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";
import { intakeAndOutcomes } from "./declared-buckets.ts";

export { intake, outcomes } from "./declared-buckets.ts";

export interface Given {
  readonly directory?: string;
  /** Policies of a role that signs instead of the operator. */
  readonly statements?: readonly Statement[];
  /** @default takes every event */
  readonly publishEvent?: (event: S3Event) => Promise<void>;
}

/** The service behind the real endpoint, asked by the real SDK client. Closes with the test, or when told to. */
export async function givenS3({ directory = newDirectory(), statements, publishEvent }: Given = {}) {
  const clock = new TurnedClock();
  const storage = await openStorage(join(directory, "index"));
  const events: S3Event[] = [];
  const problems: string[] = [];
  const s3 = await openS3({
    report: (problem) => problems.push(problem),
    template: intakeAndOutcomes(),
    storage,
    directory,
    clock,
    authorise,
    publishEvent: async (event) => {
      await publishEvent?.(event);
      events.push(event);
    },
  });
  const role = {
    name: "Role",
    arn: "arn:aws:sts::000000000000:assumed-role/Role/Signoff",
    statements: statements ?? [],
  };
  const credentials = openCredentials(directory, [operator, role]);
  const endpoint = await openEndpoint({ services: [s3], credentials, clock: systemClock });
  const client = new S3Client({
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
    await s3.close();
    await storage.close();
  };
  onTestFinished(close);
  return { client, clock, events, problems, directory, close, url: endpoint.url, credentials };
}

export const newDirectory = () => temporaryDirectory("s3");
