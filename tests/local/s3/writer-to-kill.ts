import { createHash } from "node:crypto";
import { join } from "node:path";
import { systemClock } from "../../../local/clock/system-clock.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { operator } from "../../../local/iam/principals.ts";
import { openS3 } from "../../../local/s3/service.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import { intake, intakeAndOutcomes, outcomes } from "./declared-buckets.ts";

/** Puts objects whose content is the hash of their key, again and again, and prints each address once it was told "done". */
const [directory = "", first = "0"] = process.argv.slice(2);
const s3 = await openS3({
  template: intakeAndOutcomes(),
  storage: await openStorage(join(directory, "index")),
  directory,
  clock: systemClock,
  authorise,
  publishEvent: () => new Promise(() => {}), // a bus that never takes anything
});
let next = Number(first);

async function put(bucket: string, key: string): Promise<void> {
  await s3.handle({
    method: "PUT",
    path: `/${bucket}/${key}`,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(createHash("sha256").update(key).digest("hex").repeat(500)),
    principal: operator,
  });
  process.stdout.write(`${bucket}/${key}\n`);
}

async function putOn(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    await put(intake, `drop-${number}`);
    await put(outcomes, `outcome-${number % 5}`); // replaces itself again and again
  }
}

await Promise.all(Array.from({ length: 4 }, putOn));
