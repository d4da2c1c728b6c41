import { mkdir, mkdtemp } from "node:fs/promises";
import { basename, join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { s3Lists } from "../../shared/aws/s3/lists.ts";
import { listName } from "../../shared/contracts/api.ts";
import { workflow } from "../../shared/contracts/identifiers.ts";
import { listParsers } from "../../shared/workflows/invoices/lists/list-parsers.ts";
import type { Stack } from "../stack/boot.ts";
import { demoPeople, demoProgram, enrol } from "./people.ts";
import { generateSamples } from "./samples/generate.ts";
import { sampleLists } from "./samples/sample-lists.ts";

const outputs = z.object({ PeopleTable: z.string(), EvidenceBucket: z.string(), ProgramClientId: z.string() });

const clientOptions = ({ awsEndpoint, region, operatorCredentials }: Stack) => ({
  endpoint: awsEndpoint,
  region,
  credentials: operatorCredentials,
});

/** Each has its folder in the inbox. */
export const demoWorkflows: readonly string[] = workflow.options;

/** Gives the demo's people and program their memberships, and each workflow its folder in the inbox. */
export async function setStage(stack: Stack): Promise<void> {
  const { PeopleTable, ProgramClientId } = outputs.parse(stack.outputs);
  const client = new DynamoDBClient(clientOptions(stack));
  const people = demoPeople.map(({ sub, name, memberships }) => ({
    personId: sub,
    name,
    memberships: [...memberships],
    covers: [],
  }));
  await enrol(client, PeopleTable, [...people, demoProgram(ProgramClientId)]);
  client.destroy();
  for (const name of demoWorkflows) await mkdir(join(stack.inboxDirectory, name), { recursive: true });
}

/** Drops the sample invoices, after the reference lists that fit them; a list that an owner has uploaded stays. @returns how many */
export async function dropSamples(stack: Stack): Promise<number> {
  const client = new S3Client(clientOptions(stack));
  const lists = s3Lists({ client, bucket: outputs.parse(stack.outputs).EvidenceBucket });
  for (const [name, csv] of Object.entries(sampleLists())) {
    const rows = listParsers[listName.parse(name)](csv);
    if ((await lists.find("invoices", name)) === null) await lists.put("invoices", name, rows);
  }
  client.destroy();
  const directory = await mkdtemp(join(stack.temporaryDirectory, "samples-"));
  const files = await generateSamples(directory, stack.clock.now().toISOString().slice(0, 10));
  for (const file of files) await stack.drop(file, `invoices/${basename(file)}`);
  return files.length;
}
