import { drawActor, drawDecision } from "../answers.ts";
import { actors } from "../people.ts";
import { comeAgain, drop } from "./drops.ts";
import { answer } from "./reviewers.ts";
import { dropsOf, type Move, type Scene, senderOf, withReview } from "./scene.ts";

/** What whoever sent a document in does with its case. */
export const senders: readonly Move[] = [
  {
    name: "the sender is asked, and answers in words, or sends it again, or both at once",
    weight: 5,
    play: (scene) => withReview(scene, (review) => reply(scene, review.caseId), "asked"),
  },
  {
    name: "a reviewer asks the sender, who does not wait to be told",
    weight: 4,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { desk, drawn, machine } = scene;
        const asking = desk.decide(drawActor(drawn, review), review, { action: "ask", note: "Is it right?" });
        if (drawn.chance(0.6)) await asking;
        await Promise.all([asking, reply(scene, review.caseId)]);
        if (drawn.chance(0.3)) await machine.rest();
      }),
  },
  {
    name: "the sender takes it back",
    weight: 1,
    play: async (scene) => {
      const { drawn, world, machine, desk } = scene;
      const bucket = String(machine.outputs.IntakeBucket);
      const sent = drawn.pick(world.drops.filter((one) => senderOf(scene, one) && one.versionId !== null));
      const [caseId] = sent ? world.caseIdsOf(bucket, sent) : [];
      const by = drawn.chance(0.9) ? sent && senderOf(scene, sent) : drawn.pick(actors);
      if (caseId && by) await desk.act(by, "withdraw", caseId, { because: "Sent twice" });
    },
  },
  {
    name: "the sender takes it back while it is answered",
    weight: 1,
    play: (scene) =>
      withReview(scene, async (review) => {
        const by = dropsOf(scene, review.caseId)
          .map((one) => senderOf(scene, one))
          .find((one) => one !== undefined);
        const back = async () => {
          if (by) await scene.desk.act(by, "withdraw", review.caseId, { because: "A mistake" });
        };
        const given = drawDecision(scene.drawn, review, scene.taste);
        const both = [answer(scene, review, undefined, given), back()];
        if (scene.drawn.chance(0.3)) both.push(back());
        await Promise.all(both);
      }),
  },
];

/** By message where the sender can sign in, or by another version of the document; now and then twice, or both. */
async function reply(scene: Scene, caseId: string): Promise<void> {
  const { drawn, desk, world } = scene;
  const [sent] = dropsOf(scene, caseId);
  if (!sent) return;
  const by = senderOf(scene, sent);
  const write = async () => {
    if (by) await desk.act(by, "message", caseId, { text: `It is (${drawn.int(1, 2)})` });
  };
  const again = () => drop(scene, sent.key);
  const siblings = world.drops.filter(({ key }) => key === sent.key);
  const late = async () => {
    const one = drawn.pick(siblings);
    if (one) await comeAgain(scene, one);
  };
  const silent = [[again], [again, again], [again, late], ...(siblings.length > 1 ? [[late], [late]] : [])];
  const ways = by ? [[write], [write, write], [write, again], ...silent] : silent;
  await Promise.all((drawn.pick(ways) ?? [again]).map((way) => way()));
}
