import { CopyObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import type { S3Event } from "../../../local/s3/notifications.ts";
import { givenS3, intake, newDirectory, outcomes } from "./running-s3.ts";

const drop = { Bucket: intake, Key: "invoices/Rechnung Müller.pdf", Body: "invoice" };

describe("the event of a new object", () => {
  it("has the shape that EventBridge gives it", async () => {
    const { client, events } = await givenS3();
    const { VersionId, ETag } = await client.send(new PutObjectCommand(drop));
    await expect
      .poll(() => events)
      .toEqual([
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          source: "aws.s3",
          detailType: "Object Created",
          time: "2026-01-05T09:00:00.000Z",
          resources: [`arn:aws:s3:::${intake}`],
          detail: {
            version: "0",
            bucket: { name: intake },
            object: {
              key: drop.Key,
              size: 7,
              etag: ETag?.replaceAll('"', ""),
              "version-id": VersionId,
              sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
            },
            "request-id": expect.stringMatching(/^[0-9A-F]{16}$/),
            requester: "000000000000",
            "source-ip-address": "127.0.0.1",
            reason: "PutObject",
          },
        },
      ]);
  });

  it("comes from buckets that declare it, and orders the versions of a key", async () => {
    const { client, events } = await givenS3();
    await client.send(new PutObjectCommand({ ...drop, Bucket: outcomes }));
    await client.send(new PutObjectCommand(drop));
    await client.send(new CopyObjectCommand({ ...drop, CopySource: `${outcomes}/${encodeURIComponent(drop.Key)}` }));
    await expect.poll(() => events.map(({ detail }) => detail.reason)).toEqual(["PutObject", "CopyObject"]);
    const sequencers = events.map(
      ({ detail }) => JSON.stringify(detail.object).match(/"sequencer":"(\w+)"/)?.[1] ?? "",
    );
    expect(sequencers).toEqual([...new Set(sequencers)].sort());
  });

  it("is published again until the bus takes it", async () => {
    let refusals = 2;
    const { client, clock, events, problems } = await givenS3({
      publishEvent: async () => {
        if (refusals-- > 0) throw new Error("the bus is not there");
      },
    });
    await client.send(new PutObjectCommand(drop));
    expect(events).toEqual([]);
    await clock.advance(60_000);
    await expect.poll(() => events).toHaveLength(1);
    expect(problems).toHaveLength(2);
  });

  it("is published at the next boot, with the same id, when the stack went down first, and then no more", async () => {
    const directory = newDirectory();
    const tried: S3Event[] = [];
    const first = await givenS3({
      directory,
      publishEvent: async (event) => {
        tried.push(event);
        throw new Error("the bus is not there");
      },
    });
    await first.client.send(new PutObjectCommand(drop));
    await first.close();
    const second = await givenS3({ directory });
    await expect.poll(() => second.events).toEqual([tried[0]]);
    await second.close();
    expect((await givenS3({ directory })).events).toEqual([]);
  });
});
