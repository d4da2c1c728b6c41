import * as z from "zod";
import type { ReviewSummary } from "../../shared/contracts/case.ts";
import { drawActor, drawDecision } from "./answers.ts";
import type { Desk } from "./desk.ts";
import type { Dice } from "./dice.ts";
import type { Document } from "./documents.ts";
import type { Injector } from "./injector.ts";
import type { Machine } from "./machine.ts";
import { type Actor, actors, program } from "./people.ts";
import type { SteppedClock } from "./stepped-clock.ts";
import { drawPlace, steps } from "./weather.ts";
import type { Drop, World } from "./world.ts";

/** Everything that a move may touch. */
export interface Scene {
  readonly machine: Machine;
  readonly world: World;
  readonly desk: Desk;
  readonly clock: SteppedClock;
  readonly injector: Injector;
  readonly drawn: Dice;
}

/** Something that somebody does, or that happens. To add one is an entry in the table below. */
interface Move {
  readonly name: string;
  readonly weight: number;
  readonly play: (scene: Scene) => Promise<void>;
}

const [fallback] = actors as [Actor, ...Actor[]];
const minute = 60_000;
const hour = 60 * minute;

const moves: readonly Move[] = [
  { name: "drop", weight: 4, play: (scene) => drop(scene) },
  {
    name: "drop again under the same key",
    weight: 1,
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
    name: "claim",
    weight: 2,
    play: (scene) =>
      withReview(scene, async (review) => {
        const by = drawActor(scene.drawn, review);
        await scene.desk.post(by, `/api/reviews/${review.reviewId}/claim`);
        if (scene.drawn.chance(0.4)) await scene.desk.post(by, `/api/reviews/${review.reviewId}/release`);
      }),
  },
  {
    name: "answer",
    weight: 7,
    play: (scene) =>
      withReview(scene, async (review) => {
        const by = drawActor(scene.drawn, review);
        await scene.desk.decide(by, review, drawDecision(scene.drawn, review));
      }),
  },
  {
    name: "the same answer twice, as a client does that heard nothing",
    weight: 2,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, desk } = scene;
        const [by, decision] = [drawActor(drawn, review), drawDecision(drawn, review)];
        const key = `key-${drawn.int(1, 1e9)}`;
        const again = () => desk.decide(by, review, decision, drawn.chance(0.5) ? key : undefined);
        const first = desk.decide(by, review, decision, key);
        if (drawn.chance(0.5)) await first;
        await Promise.all([first, again()]);
      }),
  },
  {
    name: "two to ten answer at once",
    weight: 3,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, desk } = scene;
        const racing = drawn.shuffled(actors).slice(0, drawn.int(2, 10));
        const shared = drawDecision(drawn, review);
        const answers = racing.map((by) => [by, drawn.chance(0.3) ? shared : drawDecision(drawn, review)] as const);
        await Promise.all(answers.map(([by, decision]) => desk.decide(by, review, decision)));
      }),
  },
  {
    name: "it falls due while an answer is under way",
    weight: 2,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, desk, clock, world, machine, injector } = scene;
        await machine.rest();
        clock.leap(Math.max(1, Date.parse(review.dueAt) - clock.now() - 5_000));
        await machine.rest();
        injector.order("record-decision", { kind: "hold", ...drawPlace(drawn, "record-decision") });
        const answering = desk.decide(drawActor(drawn, review), review, drawDecision(drawn, review));
        await Promise.race([answering, machine.rest()]);
        world.note("falls due");
        clock.leap(drawn.pick([6_000, 9_000, 20_000]));
        if (drawn.chance(0.5)) await machine.rest();
        injector.release();
        await answering;
      }),
  },
  {
    name: "some minutes pass",
    weight: 2,
    play: async ({ clock, drawn, machine }) => {
      await clock.advance(drawn.int(1, 6 * 60) * 1_000, () => machine.rest());
    },
  },
  {
    name: "hours pass at once",
    weight: 1,
    play: async ({ clock, drawn, machine }) => {
      await machine.rest();
      clock.leap(drawn.pick([hour, 9 * hour, 26 * hour]));
    },
  },
  {
    name: "held calls go on",
    weight: 2,
    play: async ({ injector }) => {
      injector.release();
    },
  },
  {
    name: "a step will fail",
    weight: 5,
    play: async ({ injector, drawn }) => {
      const functionName = drawn.chance(0.4) ? "record-decision" : (drawn.pick(steps) ?? "open-case");
      const kind = drawn.pick(["kill", "kill", "hold"] as const);
      injector.order(functionName, { kind, ...drawPlace(drawn, functionName) });
    },
  },
  {
    name: "the machine dies",
    weight: 1,
    play: async ({ machine, world }) => {
      world.note("the machine dies");
      machine.crash();
    },
  },
  {
    name: "the machine will die",
    weight: 2,
    play: async ({ injector, drawn }) => {
      injector.crashAt(drawn.pick(["call", "write"] as const), drawn.int(1, 25), drawn.chance(0.5));
    },
  },
];

const bag = moves.flatMap((move) => Array<Move>(move.weight).fill(move));

/** Somebody does something, or something happens. */
export async function playMove(scene: Scene): Promise<void> {
  const move = scene.drawn.pick(bag);
  if (!move) return;
  scene.world.note(`- ${move.name}`);
  await move.play(scene);
}

const announced = z.object({ caseId: z.string() });

/** The same announcement twice has one key; two uploads under it are two documents, and the first is the announced case. */
async function submit(scene: Scene): Promise<void> {
  const { machine, desk, drawn, world } = scene;
  const by = program(String(machine.stack.outputs.ProgramClientId));
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
  const document = drawn.pick(world.documents.flatMap((one) => Array<Document>(one.weight).fill(one)));
  if (!document) return;
  const number = world.drops.length + 1;
  const folder = drawn.chance(0.95) ? "invoices" : "elsewhere";
  const key = again ?? `${folder}/document-${number}.${document.ending}`;
  const announcedBefore = again?.includes("/api/") ?? false;
  const submitter = !announcedBefore && drawn.chance(0.25) ? (drawn.pick(actors)?.name ?? null) : null;
  const dropped: Drop = { key, sizeBytes: document.body.length, versionId: null, submitter };
  world.drops.push(dropped);
  world.label(key, `document ${number}`);
  world.note(`document ${number}: ${document.name}${again ? ", under a key that is known" : ""}`);
  await machine.request("s3", {
    method: "PUT",
    path: `/${String(machine.stack.outputs.IntakeBucket)}/${key}`,
    query: new URLSearchParams(),
    headers: {
      "content-length": String(document.body.length),
      "x-harness-drop": String(number),
      ...(submitter && { "x-amz-meta-submitter": submitter }),
    },
    body: Buffer.from(document.body),
  });
}

/** A waiting review, as somebody finds it in their queue. */
async function withReview(scene: Scene, work: (review: ReviewSummary) => Promise<void>): Promise<void> {
  const { desk, drawn, injector } = scene;
  const owner = actors.find(({ role }) => role === "owner") ?? fallback;
  if (injector.holding > 3) injector.release();
  const reviews = await desk.waiting(owner);
  const sorted = [...(reviews ?? [])].sort((a, b) =>
    scene.world.readable(a.reviewId) < scene.world.readable(b.reviewId) ? -1 : 1,
  );
  const review = drawn.pick(sorted);
  if (review) await work(review);
}
