import { createHash } from "node:crypto";
import * as z from "zod";
import { actors, program } from "../people.ts";
import type { Drop } from "../world.ts";
import type { Move, Scene } from "./scene.ts";

/** Documents that come in. */
export const drops: readonly Move[] = [
  { name: "drop", weight: 4, play: (scene) => drop(scene) },
  {
    name: "drop again under the same key",
    weight: 2,
    play: async (scene) => {
      const earlier = scene.drawn.pick(scene.world.drops);
      if (earlier) await drop(scene, earlier.key);
    },
  },
  {
    name: "a program announces a document, and uploads it once or twice",
    weight: 2,
    play: (scene) => submit(scene),
  },
  {
    name: "the event of a drop comes once more, long after",
    weight: 2,
    play: async (scene) => {
      const late = scene.drawn.pick(scene.world.drops);
      if (late) await comeAgain(scene, late);
    },
  },
];

const announced = z.object({ caseId: z.string() });

/** The same announcement twice has one key; two uploads under it are two documents, and the first is the announced case. */
async function submit(scene: Scene): Promise<void> {
  const { machine, desk, drawn, world } = scene;
  const by = program(String(machine.outputs.ProgramClientId));
  const key = `submission-${drawn.int(1, 1e9)}`;
  const request = { workflow: "invoices", fileName: "announced.pdf", sizeBytes: 10, reference: "R-1" };
  const announce = () => desk.post(by, "/api/cases", request, key);
  const answers = await Promise.all(drawn.chance(0.5) ? [announce(), announce()] : [announce()]);
  const ids = answers.flatMap(({ status, body }) => (status === 201 ? [announced.parse(body).caseId] : []));
  if (new Set(ids).size > 1) world.violated(`one announcement was given the cases ${ids.join(" and ")}`);
  const [caseId] = ids;
  if (caseId === undefined || !machine.up) return;
  world.label(caseId, `the case announced with ${key}`);
  const uploads = Array.from({ length: drawn.int(1, 2) }, () => drop(scene, `invoices/api/${caseId}`));
  await Promise.all(uploads);
}

/** Drops a document, with or without the name of who sends it. */
export async function drop({ machine, world, drawn }: Scene, again?: string): Promise<void> {
  if (!machine.up) return;
  const document = drawn.pick(world.documents.flatMap((one) => Array<typeof one>(one.weight).fill(one)));
  if (!document) return;
  const number = world.drops.length + 1;
  const folder = drawn.chance(0.95) ? "invoices" : "elsewhere";
  const key = again ?? `${folder}/document-${number}.${document.ending}`;
  const announcedBefore = again?.includes("/api/") ?? false;
  const submitter = !announcedBefore && drawn.chance(0.4) ? (drawn.pick(actors)?.name ?? null) : null;
  const hash = createHash("sha256").update(document.body).digest("hex");
  const dropped: Drop = { key, sizeBytes: document.body.length, versionId: null, submitter, hash };
  world.drops.push(dropped);
  world.label(key, `document ${number}`);
  world.note(`document ${number}: ${document.name}${again ? ", under a key that is known" : ""}`);
  await machine.request("s3", {
    method: "PUT",
    path: `/${String(machine.outputs.IntakeBucket)}/${key}`,
    query: new URLSearchParams(),
    headers: {
      "content-length": String(document.body.length),
      "x-harness-drop": String(number),
      ...(submitter && { "x-amz-meta-submitter": submitter }),
    },
    body: Buffer.from(document.body),
  });
}

/** Events are delivered at least once, and nobody says when. */
export async function comeAgain({ world, machine }: Scene, { key, versionId, sizeBytes }: Drop): Promise<void> {
  if (versionId === null || !machine.up) return;
  const number = world.drops.findIndex((one) => one.versionId === versionId) + 1;
  world.note(`the event of document ${number} comes once more`);
  const object = { key, size: sizeBytes, "version-id": versionId };
  await machine.hand("open-case", { detail: { bucket: { name: machine.outputs.IntakeBucket }, object } });
}
