import { describe, expect, it } from "vitest";
import { TaskFailure } from "../../local/states/states.ts";
import { awaitSignatureInput, policyChangeReference } from "../../shared/contracts/payloads.ts";
import { type Running, run } from "./running.ts";

const hour = 60 * 60;
const day = 24 * hour;
const change = { changeId: "invoices-3-aaaaaaaa", workflow: "invoices" };
const startChange = (running: Running) => running.bench.start("policy-change", change, change.changeId);
const waiting = () => ({ settled: false });

const sign = async (running: Running) => {
  const { taskToken } = running.calls("AwaitSignature").at(-1) ?? {};
  await running.bench.call("SendTaskSuccess", { taskToken, output: JSON.stringify(change) });
  await running.bench.states.settled();
};

describe("the policy-change machine", () => {
  it("looks first: a change that is in force already is announced, and waits for nobody", async () => {
    const running = await run({ ApplyPolicyChange: () => ({ settled: true }) });
    const arn = await startChange(running);
    expect(await running.result(arn)).toMatchObject({ status: "SUCCEEDED", output: change });
    expect(policyChangeReference.parse(running.calls("ApplyPolicyChange")[0])).toEqual(change);
    expect(running.calls("AwaitSignature")).toEqual([]);
  });

  it("waits with everything that await-signature takes, and looks again at once when it is woken", async () => {
    let settled = false;
    const running = await run({ ApplyPolicyChange: () => ({ settled }) });
    const arn = await startChange(running);
    const asked = awaitSignatureInput.parse(running.calls("AwaitSignature")[0]);
    expect(asked).toMatchObject({ ...change, attempt: 0 });
    settled = true;
    await sign(running);
    expect(await running.result(arn)).toMatchObject({ status: "SUCCEEDED", output: change });
    expect(running.calls("ApplyPolicyChange")).toHaveLength(2);
  });

  it("looks by itself once an hour, so that a wake-up that got lost delays it by no more", async () => {
    let settled = false;
    const running = await run({ ApplyPolicyChange: () => ({ settled }) });
    const arn = await startChange(running);
    settled = true;
    await running.turn(hour - 1);
    expect((await running.result(arn)).status).toBe("RUNNING");
    await running.turn(1);
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
  });

  it("goes on at once where the change was answered before its token was stored", async () => {
    let looks = 0;
    const running = await run({
      ApplyPolicyChange: () => ({ settled: ++looks > 1 }),
      AwaitSignature: () => {
        throw new TaskFailure("PolicyChangeSettledError", null);
      },
    });
    const arn = await startChange(running);
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    expect(running.calls("AwaitSignature")).toHaveLength(1);
  });

  it("gives each round a token that sorts after the ones before", async () => {
    const running = await run({ ApplyPolicyChange: waiting });
    await startChange(running);
    await running.turn(hour);
    await running.turn(hour);
    const entered = running.calls("AwaitSignature").map((call) => awaitSignatureInput.parse(call).enteredAt);
    expect(entered).toHaveLength(3);
    expect(entered.toSorted()).toEqual(entered);
    expect(new Set(entered).size).toBe(3);
  });

  it("outlives failures of what it calls: it looks again an hour later", async () => {
    let broken = true;
    const running = await run({
      ApplyPolicyChange: () => {
        if (broken) throw new TaskFailure("SomethingNewError", null);
        return { settled: true };
      },
    });
    const arn = await startChange(running);
    await running.turnSlowly(5 * 60);
    expect((await running.result(arn)).status).toBe("RUNNING");
    broken = false;
    await running.turn(hour);
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
  });

  it("pitfall 12: has not come near the events an execution may have when nobody signs for 14 days", async () => {
    let elapsedHours = 0;
    const running = await run({ ApplyPolicyChange: () => ({ settled: elapsedHours >= (14 * day) / hour }) });
    const arn = await startChange(running);
    for (; elapsedHours < (14 * day) / hour; ) {
      elapsedHours += 1;
      await running.turn(hour);
    }
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    expect(await running.bench.states.billedTransitions(arn, true)).toBeLessThan(336 * 4);
  });
});
