import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { openOutcomes } from "../../../local/mirror/outcomes.ts";
import { outcomes as bucket, givenS3, newDirectory } from "../s3/running-s3.ts";

async function aFolder() {
  const s3 = await givenS3();
  const root = newDirectory();
  const directory = join(root, "outcomes");
  const problems: string[] = [];
  const open = () =>
    openOutcomes({
      directory,
      temporaryDirectory: join(root, "tmp"),
      bucket,
      s3: s3.client,
      report: (problem) => problems.push(problem),
    });
  const put = async (Key: string, Body: string) => {
    await s3.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  };
  const read = (path: string) => readFileSync(join(directory, path), "utf8");
  return { root, directory, problems, open, put, read };
}

describe("the outcomes folder", () => {
  it("shows each object as it is written, and its newest version", async () => {
    const { open, put, read, root } = await aFolder();
    const folder = open();
    await put("invoices/a.json", "1");
    folder.written("invoices/a.json");
    await folder.idle();
    expect(read("invoices/a.json")).toBe("1");
    await put("invoices/a.json", "22");
    folder.written("invoices/a.json");
    await folder.idle();
    expect(read("invoices/a.json")).toBe("22");
    expect(readdirSync(join(root, "tmp"))).toEqual([]);
  });

  it("is complete again after a restart", async () => {
    const { open, put, read, directory } = await aFolder();
    await put("invoices/a.json", "a");
    await put("invoices/b.json", "b");
    const first = open();
    await first.recover();
    await first.idle();
    rmSync(join(directory, "invoices/a.json"));
    await put("invoices/c.json", "c");
    const second = open();
    await second.recover();
    await second.idle();
    expect(["a", "b", "c"].map((name) => read(`invoices/${name}.json`))).toEqual(["a", "b", "c"]);
  });

  it("never writes outside itself, whatever a key says", async () => {
    const { open, put, root, directory } = await aFolder();
    await put("../escaped.json", "x");
    await put("invoices/../../escaped.json", "x");
    const folder = open();
    await folder.recover();
    await folder.idle();
    expect(existsSync(join(root, "escaped.json"))).toBe(false);
    expect(readdirSync(directory, { recursive: true })).toContain("%2E%2E/escaped.json");
  });

  it("reports what it could not copy, and goes on", async () => {
    const { open, put, read, problems } = await aFolder();
    const folder = open();
    await put("b.json", "b");
    folder.written("gone.json");
    folder.written("b.json");
    await folder.idle();
    expect(read("b.json")).toBe("b");
    expect(problems).toEqual([expect.stringContaining("gone.json")]);
  });
});
