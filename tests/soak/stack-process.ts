import { execFileSync } from "node:child_process";
import { basename } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { ensureAssembly } from "../../infra/build/assembly.ts";
import { demoPeople, enrol } from "../../local/demo/people.ts";
import { bootStack } from "../../local/stack/boot.ts";
import { openStorage, type Storage } from "../../local/storage/storage.ts";
import type { AwsService } from "../../local/wire/service.ts";
import { askService } from "../local/ask-service.ts";
import type { Told } from "./messages.ts";

/** A process that is the stack, as `npm start` runs it, and can be asked how it is: `stack-process.ts <data directory>`. */
const [, , dataDirectory = ""] = process.argv;
const inMemory = new Map<string, Storage>();
const services = new Map<string, AwsService>();
const outcomes = new Set<string>();
const tell = (message: Told) => process.send?.(message);

const stack = await bootStack({
  assembly: await ensureAssembly(),
  dataDirectory,
  people: demoPeople,
  mirror: false,
  parts: {
    openStorage: async (directory) => {
      const storage = await openStorage(directory);
      if (["dynamodb", "s3"].includes(basename(directory))) inMemory.set(basename(directory), storage);
      return storage;
    },
    around: (service) => {
      services.set(service.name, service);
      return service.name === "s3" ? watched(service) : service;
    },
  },
});
const { awsEndpoint, pageUrl, signInUrl, outputs, operatorCredentials: accessKey } = stack;
const client = new DynamoDBClient({ endpoint: awsEndpoint, region: stack.region, credentials: accessKey });
await enrol(
  client,
  String(outputs.PeopleTable),
  demoPeople.map(({ sub, name, memberships }) => ({ personId: sub, name, memberships: [...memberships], covers: [] })),
);
process.on("message", async (command) => {
  if (command === "measure") tell(await measure());
  else if (command === "count") tell(await count());
  else {
    await stack.close();
    process.exit(0);
  }
});
tell({
  kind: "ready",
  awsEndpoint,
  pageUrl,
  signInUrl,
  accessKey,
  intakeBucket: String(outputs.IntakeBucket),
  personClientId: String(outputs.PersonClientId),
});

function watched(service: AwsService): AwsService {
  return {
    name: service.name,
    handle: async (request) => {
      const response = await service.handle(request);
      const [, bucket, , file = ""] = request.path.split("/");
      if (request.method === "PUT" && bucket === stack.outputs.OutcomeBucket) {
        const caseId = file.replace(/\.json$/, "");
        outcomes.add(caseId);
        tell({ kind: "outcome", caseId });
      }
      return response;
    },
  };
}

async function measure(): Promise<Told> {
  let storedBytes = 0;
  for (const storage of inMemory.values()) {
    for await (const [key, value] of storage.entries("")) storedBytes += key.length + JSON.stringify(value).length;
  }
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { kind: "measured", rssBytes: rss, heapBytes: heapUsed, functionsRssBytes: rssOfChildren(), storedBytes };
}

function rssOfChildren(): number {
  try {
    const text = execFileSync("ps", ["-o", "rss=", "--ppid", String(process.pid)], { encoding: "utf8" });
    return text.split("\n").reduce((sum, line) => sum + Number(line.trim() || 0), 0) * 1024;
  } catch {
    return 0; // no child left, or no `ps` on this machine
  }
}

const listed = z.object({ executions: z.array(z.object({ status: z.string() })), nextToken: z.string().nullish() });
const queried = z.object({ Count: z.number(), LastEvaluatedKey: z.unknown().optional() });

async function count(): Promise<Told> {
  await stack.settled();
  const machine = stack.template
    .ofType("AWS::StepFunctions::StateMachine")
    .find(({ logicalId }) => logicalId.startsWith("CaseMachine"));
  const statuses: string[] = [];
  let nextToken: string | undefined;
  do {
    const input = { stateMachineArn: machine?.attribute("Arn"), maxResults: 1000, ...(nextToken && { nextToken }) };
    const page = listed.parse(await ask("states", "AWSStepFunctions.ListExecutions", input));
    statuses.push(...page.executions.map(({ status }) => status));
    nextToken = page.nextToken ?? undefined;
  } while (nextToken);
  const succeeded = statuses.filter((status) => status === "SUCCEEDED").length;
  const table = stack.template
    .ofType("AWS::DynamoDB::Table")
    .find(({ logicalId }) => logicalId.startsWith("CaseTable"));
  let openCases = 0;
  for (let shard = 0; shard < 8; shard++) {
    const input = {
      TableName: table?.ref,
      IndexName: "pending",
      Select: "COUNT",
      KeyConditionExpression: "pendingKey = :key",
      ExpressionAttributeValues: { ":key": { S: `CASES#${shard}` } },
    };
    openCases += queried.parse(await ask("dynamodb", "DynamoDB_20120810.Query", input)).Count;
  }
  return { kind: "counted", succeeded, otherwise: statuses.length - succeeded, openCases, outcomes: outcomes.size };
}

const ask = (service: string, target: string, input: unknown) => askService(services.get(service), target, input);
