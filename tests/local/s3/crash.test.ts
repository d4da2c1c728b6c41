import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { killAfter } from "../template/killed-process.ts";
import { givenS3, intake, newDirectory, outcomes } from "./running-s3.ts";

const writer = fileURLToPath(new URL("writer-to-kill.ts", import.meta.url));
const content = (key: string) => createHash("sha256").update(key).digest("hex").repeat(500);

it("after kill -9 every acknowledged object is whole, its event is still told, and no file is left over", async () => {
  const directory = newDirectory();
  const acknowledged = new Set<string>();
  const told = new Set<string>();
  for (let kill = 0; kill < 3; kill += 1) {
    for (const address of await killAfter(30 + kill * 17, writer, directory, String(kill * 1000)))
      acknowledged.add(address);
    const { client, events, close } = await givenS3({ directory });
    const stored: string[] = [];
    for (const Bucket of [intake, outcomes]) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      for (const { Key = "" } of Contents) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        expect(await Body?.transformToString()).toBe(content(Key));
        stored.push(`${Bucket}/${Key}`);
      }
    }
    expect(stored).toEqual(expect.arrayContaining([...acknowledged]));
    expect(readdirSync(join(directory, "objects"))).toHaveLength(stored.length);
    const drops = stored.filter((address) => address.startsWith(`${intake}/`));
    await expect
      .poll(() => new Set([...told, ...events.map(({ detail }) => addressOf(detail))]))
      .toEqual(new Set(drops));
    for (const { detail } of events) told.add(addressOf(detail));
    await close();
  }
});

function addressOf(detail: Record<string, unknown>): string {
  const key = JSON.stringify(detail.object).match(/"key":"([^"]*)"/)?.[1];
  return `${intake}/${key}`;
}
