import { redriveResponse } from "../../../shared/contracts/api.ts";
import { getPolicyResponse, policyChange } from "../../../shared/contracts/policy.ts";
import { type Actor, owners as everyOwner } from "../people.ts";
import { byLabel, type Move, type Scene } from "./scene.ts";

const workflow = "/api/workflows/invoices";

/** What owners do. */
export const owners: readonly Move[] = [
  {
    name: "an owner reopens a case, or both do",
    weight: 4,
    play: async (scene) => {
      const { drawn, desk, world } = scene;
      const delivered = new Set(world.outcomesWritten.map(({ key }) => key.split("/").at(-1)?.split(".")[0] ?? ""));
      const caseId = drawn.pick(byLabel([...delivered], (one) => world.readable(one)));
      if (caseId === undefined) return;
      const because = () => ({ because: `The supplier called (${drawn.int(1, 2)})` });
      const by = drawn.chance(0.4) ? everyOwner : drawn.shuffled(everyOwner).slice(0, 1);
      await Promise.all(by.map((one) => desk.act(one, "reopen", caseId, because())));
    },
  },
  { name: "an owner stops the workflow", weight: 1, play: (scene) => stop(scene) },
  {
    name: "owners let the workflow go on",
    weight: 2,
    play: async (scene) => {
      if (scene.drawn.chance(0.3)) await stop(scene);
      await goOn(scene);
    },
  },
  {
    name: "an owner redrives",
    weight: 1,
    play: async ({ desk, drawn, world }) => {
      const by = drawn.pick(everyOwner);
      const answer = by && (await desk.post(by, "/api/redrive"));
      if (answer?.status !== 200) return;
      const { casesContinued, dropsReopened } = redriveResponse.parse(answer.body);
      world.note(`redriven: ${casesContinued.length} cases, ${dropsReopened} drops`);
    },
  },
];

async function stop({ desk, drawn, world }: Scene): Promise<void> {
  const by = drawn.pick(everyOwner);
  if (!by) return;
  const signingBefore = world.signing;
  const { status } = await desk.post(by, `${workflow}/stop`, { because: "Something looks wrong" });
  world.note(`${by.username} stops the workflow -> ${status}`);
  // A signature under way may have let it go on since.
  if (status === 200 && signingBefore === 0 && world.signing === 0) world.stopped = true;
}

/** One proposes, the other signs. */
async function goOn({ desk, drawn, world }: Scene): Promise<void> {
  const [one, other] = drawn.shuffled(everyOwner) as [Actor, Actor];
  const read = await desk.get(one, `${workflow}/policy`);
  if (read.status !== 200) return;
  const { policy } = getPolicyResponse.parse(read.body);
  const proposal = { policy: { ...policy, stopped: false }, because: "A false alarm" };
  world.signing += 1;
  world.stopped = false;
  try {
    const proposed = await desk.post(one, `${workflow}/policy/changes`, proposal);
    world.note(`${one.username} proposes that it goes on -> ${proposed.status} ${proposed.problem ?? ""}`.trim());
    if (proposed.status !== 201) return;
    const { changeId } = policyChange.parse(proposed.body);
    const sign = () => desk.post(other, `${workflow}/policy/changes/${changeId}/answer`, { answer: "sign" });
    const signed = await Promise.all(drawn.chance(0.3) ? [sign(), sign()] : [sign()]);
    world.note(
      `${other.username} signs -> ${signed.map(({ status, problem }) => `${status} ${problem ?? ""}`).join(", ")}`,
    );
  } finally {
    world.signing -= 1;
  }
}
