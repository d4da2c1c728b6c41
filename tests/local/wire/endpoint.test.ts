import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { DynamoDBClient, GetItemCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "../../../local/clock/clock.ts";
import { systemClock } from "../../../local/clock/system-clock.ts";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { operator } from "../../../local/iam/principals.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { maxBodyBytes, openEndpoint } from "../../../local/wire/endpoint.ts";
import type { AwsRequest, AwsResponse, AwsService } from "../../../local/wire/service.ts";

const key = { accessKeyId: "AKIAOPERATOR", secretAccessKey: "secret" };
const credentials = {
  keyOf: () => key,
  lookUp: (id: string) => (id === key.accessKeyId ? { ...key, principal: operator } : undefined),
};

/** Answers every call by the given function and remembers what was asked. */
const service = (
  name: string,
  answer: (request: AwsRequest) => AwsResponse,
): AwsService & { requests: AwsRequest[] } => {
  const requests: AwsRequest[] = [];
  return {
    name,
    requests,
    handle: async (request) => {
      requests.push(request);
      return answer(request);
    },
  };
};

const failing = (error: unknown) => () => {
  throw error;
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const given = (...services: AwsService[]) => givenClock(systemClock, ...services);

async function givenClock(clock: Clock, ...services: AwsService[]) {
  const failures: unknown[] = [];
  const endpoint = await openEndpoint({
    services,
    credentials,
    clock,
    onInternalFailure: (error) => failures.push(error),
  });
  closers.push(endpoint.close);
  const config = { endpoint: endpoint.url, region: "us-east-1", credentials: key, maxAttempts: 2 };
  return { failures, config, url: endpoint.url };
}

describe("the endpoint", () => {
  it("hands a request to the service its signature names, with who signed it", async () => {
    const dynamodb = service("dynamodb", () => ({ status: 200, body: JSON.stringify({ Item: { pk: { S: "a" } } }) }));
    const { config } = await given(service("s3", failing(new Error("not this one"))), dynamodb);
    const { Item } = await new DynamoDBClient(config).send(
      new GetItemCommand({ TableName: "Cases", Key: { pk: { S: "a" } } }),
    );
    expect(Item).toEqual({ pk: { S: "a" } });
    expect(dynamodb.requests[0]?.principal).toBe(operator);
    expect(dynamodb.requests[0]?.headers["x-amz-target"]).toBe("DynamoDB_20120810.GetItem");
  });

  it("serves clients whose clock is not the stack's, before and after the stack's is turned", async () => {
    const clock = new TurnedClock();
    const { config } = await givenClock(
      clock,
      service("dynamodb", () => ({ status: 200, body: "{}" })),
    );
    const client = new DynamoDBClient(config);
    const get = () => client.send(new GetItemCommand({ TableName: "Cases", Key: { pk: { S: "a" } } }));
    await expect(get()).resolves.toBeDefined();
    await clock.advance(30 * 24 * 60 * 60 * 1000);
    await expect(get()).resolves.toBeDefined();
  });

  it("writes a service's error so that its client knows the class", async () => {
    const missing = new AwsError("ResourceNotFoundException", "Requested resource not found");
    const { config } = await given(service("dynamodb", failing(missing)));
    const call = new DynamoDBClient(config).send(new GetItemCommand({ TableName: "None", Key: { pk: { S: "a" } } }));
    await expect(call).rejects.toThrow(ResourceNotFoundException);
  });

  it("writes S3's errors as XML, signs and all", async () => {
    const { config } = await given(
      service("s3", failing(new AwsError("NoSuchKey", "No <key> & such", 404, { Key: "a<b" }))),
    );
    const call = new S3Client(config).send(new GetObjectCommand({ Bucket: "intake", Key: "a<b" }));
    await expect(call).rejects.toMatchObject({
      name: "NoSuchKey",
      message: "No <key> & such",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("answers its own failures with 500 and keeps the details to its log", async () => {
    const { config, failures } = await given(service("dynamodb", failing(new Error("the disk is full"))));
    const call = new DynamoDBClient({ ...config, maxAttempts: 1 }).send(
      new GetItemCommand({ TableName: "Cases", Key: { pk: { S: "a" } } }),
    );
    await expect(call).rejects.toMatchObject({ name: "InternalFailure", $metadata: { httpStatusCode: 500 } });
    await call.catch(({ message }) => expect(message).not.toContain("disk"));
    expect(failures).toEqual([expect.objectContaining({ message: "the disk is full" })]);
  });

  it("says which services it has when asked for another", async () => {
    const { config } = await given(service("dynamodb", failing(new Error("not this one"))));
    const call = new SFNClient(config).send(new StartExecutionCommand({ stateMachineArn: "arn:aws:states:::x" }));
    await expect(call).rejects.toMatchObject({
      name: "NotImplemented",
      message: expect.stringContaining("it has dynamodb"),
    });
  });

  it.each([
    ["a wrong secret", { secretAccessKey: "guess" }, "InvalidSignatureException"],
    ["an unknown key", { accessKeyId: "AKIAFORGED" }, "UnrecognizedClientException"],
  ])("refuses %s", async (_, change, name) => {
    const dynamodb = service("dynamodb", () => ({ status: 200, body: "{}" }));
    const { config } = await given(dynamodb);
    const client = new DynamoDBClient({ ...config, credentials: { ...key, ...change } });
    await expect(client.send(new GetItemCommand({ TableName: "Cases", Key: {} }))).rejects.toMatchObject({ name });
    expect(dynamodb.requests).toEqual([]);
  });

  it("refuses who does not sign", async () => {
    const { url } = await given();
    const answer = await fetch(url, {
      method: "POST",
      headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
      body: "{}",
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });

  it("undoes the chunks of a stream and hands on its trailing checksum", async () => {
    const s3 = service("s3", () => ({ status: 200 }));
    const { config } = await given(s3);
    const content = Buffer.alloc(300_000, "invoice ");
    await new S3Client(config).send(
      new PutObjectCommand({
        Bucket: "intake",
        Key: "a.pdf",
        Body: Readable.from([content.subarray(0, 100_000), content.subarray(100_000)]),
        ContentLength: content.length,
        ChecksumAlgorithm: "SHA256",
      }),
    );
    const put = s3.requests.at(-1);
    expect(put?.body.equals(content)).toBe(true);
    expect(put?.headers["x-amz-checksum-sha256"]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it("refuses a body larger than it takes, declared or not", async () => {
    const { url } = await given();
    const statusOf = (headers: Record<string, string>, chunks: number) =>
      new Promise<number | undefined>((resolve, reject) => {
        const outgoing = httpRequest(url, { method: "PUT", headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        outgoing.on("error", reject);
        const chunk = Buffer.alloc(1024 * 1024);
        const send = (left: number) => (left === 0 ? outgoing.end() : outgoing.write(chunk, () => send(left - 1)));
        send(chunks);
      });
    expect(await statusOf({ "content-length": String(maxBodyBytes + 1), connection: "close" }, 1)).toBe(413);
    expect(await statusOf({}, maxBodyBytes / (1024 * 1024) + 1)).toBe(413);
  });
});
