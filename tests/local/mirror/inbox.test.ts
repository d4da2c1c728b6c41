import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../local/clock/system-clock.ts";
import { openInbox } from "../../../local/mirror/inbox.ts";
import { givenS3, intake, newDirectory } from "../s3/running-s3.ts";
import { memoryStorage } from "../states/memory-storage.ts";

const settleMilliseconds = 90;

async function anInbox({ client }: { client: S3Client }, directory = newDirectory(), storage = memoryStorage()) {
  const problems: string[] = [];
  const inbox = await openInbox({
    directory,
    bucket: intake,
    s3: client,
    storage,
    clock: systemClock,
    report: (problem) => problems.push(problem),
    settleMilliseconds,
  });
  let open = true;
  const close = async () => {
    if (open) await inbox.close();
    open = false;
  };
  onTestFinished(close);
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  };
  return { inbox, directory, storage, problems, write, close };
}

const dropped = ({ events }: Awaited<ReturnType<typeof givenS3>>) =>
  events.map(({ detail }) => Reflect.get(Object(detail.object), "key"));
const textOf = async ({ client }: { client: S3Client }, Key: string) =>
  (await client.send(new GetObjectCommand({ Bucket: intake, Key }))).Body?.transformToString();
const until = (look: () => unknown) => expect.poll(look, { timeout: 10_000 });

describe("the inbox", () => {
  it("uploads files under their own names, whatever those are and wherever they lie", async () => {
    const s3 = await givenS3();
    const { write } = await anInbox(s3);
    const names = [
      "invoices/Rechnung März 100%+1.pdf",
      "invoices/deep/er/日本語 🧾.pdf",
      "unknown-workflow/a.pdf",
      "loose.pdf",
      "invoices/..hidden-looking.pdf".replace("..", "%2e%2e"),
      "invoices/empty.pdf",
    ];
    for (const name of names) write(name, name.includes("empty") ? "" : name);
    await until(() => dropped(s3).sort()).toEqual([...names].sort());
    expect(await textOf(s3, "invoices/Rechnung März 100%+1.pdf")).toBe("invoices/Rechnung März 100%+1.pdf");
  });

  it("leaves hidden files alone", async () => {
    const s3 = await givenS3();
    const { write } = await anInbox(s3);
    write("invoices/.DS_Store", "x");
    write("invoices/a.pdf", "a");
    await until(() => dropped(s3)).toEqual(["invoices/a.pdf"]);
  });

  it("waits until a file has stopped growing, and uploads it once and whole", async () => {
    const s3 = await givenS3();
    const { write, directory } = await anInbox(s3);
    write("invoices/slow.pdf", "part;");
    for (let part = 0; part < 12; part += 1) {
      await new Promise((resolve) => setTimeout(resolve, settleMilliseconds / 4));
      appendFileSync(join(directory, "invoices/slow.pdf"), "part;");
    }
    await until(() => dropped(s3)).toEqual(["invoices/slow.pdf"]);
    expect(await textOf(s3, "invoices/slow.pdf")).toBe("part;".repeat(13));
  });

  it("takes files that lay there before it was opened, and none of them again after a restart", async () => {
    const s3 = await givenS3();
    const first = await anInbox(s3);
    first.write("invoices/a.pdf", "a");
    await until(() => dropped(s3)).toHaveLength(1);
    await first.inbox.idle();
    await first.close();
    first.write("invoices/b.pdf", "b");
    const second = await anInbox(s3, first.directory, first.storage);
    await second.inbox.idle();
    expect(dropped(s3)).toEqual(["invoices/a.pdf", "invoices/b.pdf"]);
  });

  it("takes changed content as a new version, and a mere new date as nothing", async () => {
    const s3 = await givenS3();
    const { inbox, write, directory } = await anInbox(s3);
    write("invoices/a.pdf", "one");
    await until(() => dropped(s3)).toHaveLength(1);
    utimesSync(join(directory, "invoices/a.pdf"), new Date(), new Date(Date.now() + 60_000));
    write("invoices/b.pdf", "b");
    await until(() => dropped(s3)).toHaveLength(2);
    await inbox.idle();
    write("invoices/a.pdf", "two");
    await until(() => dropped(s3)).toEqual(["invoices/a.pdf", "invoices/b.pdf", "invoices/a.pdf"]);
    expect(await textOf(s3, "invoices/a.pdf")).toBe("two");
  });

  it("takes a file that was removed and put there again as a new drop, even while nobody watched", async () => {
    const s3 = await givenS3();
    const first = await anInbox(s3);
    first.write("invoices/a.pdf", "same");
    await until(() => dropped(s3)).toHaveLength(1);
    await first.inbox.idle();
    await first.close();
    rmSync(join(first.directory, "invoices/a.pdf"));
    const second = await anInbox(s3, first.directory, first.storage);
    second.write("invoices/a.pdf", "same");
    await until(() => dropped(s3)).toHaveLength(2);
  });

  it("drops a given file anew although the very same lies there", async () => {
    const s3 = await givenS3();
    const { inbox, write, directory } = await anInbox(s3);
    write("invoices/a.pdf", "same");
    await until(() => dropped(s3)).toHaveLength(1);
    await inbox.idle();
    const source = join(newDirectory(), "a.pdf");
    writeFileSync(source, "same");
    renameSync(source, `${directory}-a.pdf`); // beside the inbox: the same disk, outside what is watched
    await inbox.drop(`${directory}-a.pdf`, "invoices/a.pdf");
    await until(() => dropped(s3)).toHaveLength(2);
  });

  it("uploads nothing twice when a crash left it unknown whether an upload arrived", async () => {
    const s3 = await givenS3();
    const first = await anInbox(s3);
    await first.close();
    first.write("invoices/a.pdf", "arrived");
    first.write("invoices/b.pdf", "did not");
    await s3.client.send(new PutObjectCommand({ Bucket: intake, Key: "invoices/a.pdf", Body: "arrived" }));
    // What an upload leaves that was under way: the hash of the content, and "not uploaded".
    const startedAt = new Date(s3.clock.now().getTime() - 1_000).toISOString();
    const { createHash } = await import("node:crypto");
    for (const [key, content] of [
      ["invoices/a.pdf", "arrived"],
      ["invoices/b.pdf", "did not"],
    ] as const) {
      const sha256 = createHash("sha256").update(content).digest("hex");
      const value = { sizeBytes: content.length, modifiedAt: 0, sha256, uploaded: false, startedAt };
      await first.storage.write([{ key: `inbox/${key}`, value }]);
    }
    const second = await anInbox(s3, first.directory, first.storage);
    await second.inbox.idle();
    await until(() => dropped(s3)).toEqual(["invoices/a.pdf", "invoices/b.pdf"]);
  });

  it("uploads a sidecar before the drop that it describes", async () => {
    const s3 = await givenS3();
    const { directory, write, storage, close, inbox } = await anInbox(s3);
    await inbox.idle();
    await close();
    for (let number = 0; number < 12; number += 1) write(`invoices/${number}.pdf`, String(number));
    write("invoices/11.pdf.meta.json", "{}");
    await (await anInbox(s3, directory, storage)).inbox.idle();
    const keys = dropped(s3);
    expect(keys).toHaveLength(13);
    expect(keys.indexOf("invoices/11.pdf.meta.json")).toBeLessThan(keys.indexOf("invoices/11.pdf"));
  });

  it("says which path is too long for a key, and goes on", async () => {
    const s3 = await givenS3();
    const { problems, write } = await anInbox(s3);
    write(join("invoices", ...Array.from({ length: 6 }, () => "ü".repeat(100)), "a.pdf"), "a");
    write("invoices/b.pdf", "b");
    await until(() => dropped(s3)).toEqual(["invoices/b.pdf"]);
    expect(problems.join()).toMatch(/longer than 1024 bytes/);
  });

  it("takes thousands at once, and 60 MB files", async () => {
    const s3 = await givenS3();
    const { inbox, write, problems } = await anInbox(s3);
    for (let number = 0; number < 1_500; number += 1) write(`invoices/${number}.pdf`, String(number));
    write("invoices/large.bin", Buffer.alloc(60 * 1024 * 1024, 7));
    await expect.poll(() => dropped(s3).length, { timeout: 50_000 }).toBe(1_501);
    await inbox.idle();
    expect(new Set(dropped(s3)).size).toBe(1_501);
    expect(problems).toEqual([]);
  });
});
