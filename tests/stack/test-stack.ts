import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { ensureAssembly } from "../../infra/build/assembly.ts";
import { demoPeople, demoProgram, enrol } from "../../local/demo/people.ts";
import { type BootOptions, bootStack, type Stack } from "../../local/stack/boot.ts";
import { caseIdOfDrop } from "../../shared/case/case-id.ts";
import { type GetCaseResponse, getCaseResponse } from "../../shared/contracts/api.ts";
import { type Outcome, outcome } from "../../shared/contracts/outcome.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import { type ApiClient, apiClient, eventually } from "./api-client.ts";
import { nothingDrawn, policyInForce } from "./policy-in-force.ts";
import { runningClock } from "./running-clock.ts";

export type DemoName = "reviewer-1" | "reviewer-2" | "expert-1" | "owner-1" | "owner-2" | "outsider";

interface TestStackOptions extends Partial<BootOptions> {
  /** Whether the clock can be turned; it goes on by itself, too. @default false */
  readonly turned?: boolean;
  /** Changes to the policy that ships; null leaves it to the file. @default nothing is drawn for an audit or a blind review */
  readonly policy?: Partial<Policy> | null;
  /** How long to wait for a case to get where it should. */
  readonly patienceSeconds?: number;
}

/** The whole system on this machine, booted from the synthesized template, with the demo's people in it. */
export interface TestStack {
  readonly stack: Stack;
  readonly directory: string;
  readonly s3: S3Client;
  readonly dynamoDb: DynamoDBClient;
  readonly stepFunctions: SFNClient;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly patienceSeconds: number;
  /** Turns the clock, where the stack was opened with one that can be turned. */
  turn(milliseconds: number): Promise<void>;
  /** Address of a queue, by its construct's id. */
  queueNamed(id: string): string;
  /** Physical name of a function, by its construct's id. */
  functionNamed(id: string): string;
  output(name: string): string;
  as(person: DemoName): Promise<ApiClient>;
  asProgram(): Promise<ApiClient>;
  /** Puts an object into the intake bucket; answers the id of the case that it opens. */
  drop(key: string, body: Uint8Array | string, metadata?: Record<string, string>): Promise<string>;
  /** The case as the owner sees it, once `until` holds. */
  caseWhen(caseId: string, until: (answer: GetCaseResponse) => boolean): Promise<GetCaseResponse>;
  outcomeOf(caseId: string): Promise<Outcome | null>;
  close(): Promise<void>;
}

export async function openTestStack({
  patienceSeconds = 90,
  turned = false,
  policy = {},
  ...options
}: TestStackOptions = {}): Promise<TestStack> {
  const directory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), "signoff-stack-")));
  const assembly = options.assembly ?? (await ensureAssembly());
  const clock = turned ? runningClock() : null;
  const stack = await bootStack({
    ...(clock && { clock: clock.turned }),
    mirror: false,
    people: demoPeople,
    ...options,
    assembly,
    dataDirectory: directory,
  });
  const sdk = {
    endpoint: stack.awsEndpoint,
    region: stack.region,
    credentials: stack.operatorCredentials,
    requestChecksumCalculation: "WHEN_REQUIRED" as const,
  };
  const s3 = new S3Client({ ...sdk, forcePathStyle: true });
  const dynamoDb = new DynamoDBClient(sdk);
  const output = (name: string) => String(stack.outputs[name]);
  const people = demoPeople.map(({ sub, name, memberships }) => ({ personId: sub, name, memberships }));
  await enrol(dynamoDb, output("PeopleTable"), [
    ...people.map((p) => ({ ...p, memberships: [...p.memberships], covers: [] })),
    demoProgram(output("ProgramClientId")),
  ]);

  if (policy !== null) await policyInForce(dynamoDb, output("CaseTable"), { ...nothingDrawn, ...policy });

  const refOf = (type: string, id: string): string => {
    const found = stack.template.ofType(type).find(({ logicalId }) => logicalId.startsWith(id));
    if (!found) throw new Error(`The template has no ${type} ${id}.`);
    return found.ref;
  };
  const clients = new Map<string, Promise<ApiClient>>();
  const once = (name: string, make: () => Promise<ApiClient>) => {
    const known = clients.get(name) ?? make();
    clients.set(name, known);
    return known;
  };
  const as = (name: DemoName) => once(name, () => apiClient(stack).asPerson(subOf(name), output("PersonClientId")));
  const test: TestStack = {
    stack,
    directory,
    s3,
    dynamoDb,
    stepFunctions: new SFNClient(sdk),
    lambda: new LambdaClient(sdk),
    sqs: new SQSClient(sdk),
    patienceSeconds,
    turn: async (milliseconds) => {
      await clock?.turn(milliseconds);
      // Access tokens last an hour: everybody signs in again.
      clients.clear();
    },
    queueNamed: (id) => refOf("AWS::SQS::Queue", id),
    functionNamed: (id) => refOf("AWS::Lambda::Function", `Functions${id}`),
    output,
    as,
    asProgram: () => once("program", () => apiClient(stack).asProgram(output("ProgramClientId"))),
    drop: async (key, body, metadata = {}) => {
      const Bucket = output("IntakeBucket");
      const put = await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: body, Metadata: metadata }));
      return caseIdOfDrop(Bucket, key, put.VersionId ?? "");
    },
    caseWhen: async (caseId, until) => {
      const owner = await as("owner-1");
      return eventually(
        async () => {
          const { status, body } = await owner.get(`/api/cases/${caseId}`);
          if (status !== 200) return null;
          const answer = getCaseResponse.parse(body);
          return until(answer) ? answer : null;
        },
        `case ${caseId}`,
        patienceSeconds,
      );
    },
    outcomeOf: async (caseId) => {
      const request = new GetObjectCommand({ Bucket: output("OutcomeBucket"), Key: `invoices/${caseId}.json` });
      try {
        const { Body } = await s3.send(request);
        return outcome.parse(JSON.parse((await Body?.transformToString()) ?? ""));
      } catch (error) {
        if (error instanceof Error && error.name === "NoSuchKey") return null;
        throw error;
      }
    },
    close: async () => {
      clock?.stop();
      await stack.close();
      if (!options.dataDirectory) await rm(directory, { recursive: true, force: true });
    },
  };
  return test;
}

function subOf(name: DemoName): string {
  const person = demoPeople.find(({ username }) => username === name);
  if (!person) throw new Error(`The demo has nobody called ${name}.`);
  return person.sub;
}
