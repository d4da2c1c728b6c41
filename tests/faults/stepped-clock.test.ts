import { expect, it } from "vitest";
import { SteppedClock } from "./stepped-clock.ts";

const start = new Date("2026-01-01T00:00:00.000Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const nothing = async () => undefined;

it("lets each timer have its effect at its own time before the next fires", async () => {
  const clock = new SteppedClock(start);
  const { clock: view } = clock.view();
  const seen: string[] = [];
  view.at(after(20), () => seen.push(`second at ${view.now().toISOString()}`));
  view.at(after(10), () => seen.push(`first at ${view.now().toISOString()}`));
  await clock.advance(30_000, async () => {
    seen.push("effect");
  });
  expect(seen).toEqual([
    `first at ${after(10).toISOString()}`,
    "effect",
    `second at ${after(20).toISOString()}`,
    "effect",
  ]);
  expect(view.now()).toEqual(after(30));
});

it("fires all that fell due when it leaps, earliest first, at the time it woke", () => {
  const clock = new SteppedClock(start);
  const { clock: view } = clock.view();
  const seen: [number, Date][] = [];
  for (const seconds of [50, 10, 200]) view.at(after(seconds), () => seen.push([seconds, view.now()]));
  clock.leap(100_000);
  expect(seen).toEqual([
    [10, after(100)],
    [50, after(100)],
  ]);
});

it("forgets the timers of a stack that died, and of nobody else", async () => {
  const clock = new SteppedClock(start);
  const [dead, alive] = [clock.view(), clock.view()];
  const seen: string[] = [];
  dead.clock.at(after(1), () => seen.push("dead"));
  alive.clock.at(after(1), () => seen.push("alive"));
  const cancelled = alive.clock.at(after(1), () => seen.push("cancelled"));
  dead.die();
  cancelled.cancel();
  await clock.advance(2_000, nothing);
  expect(seen).toEqual(["alive"]);
});

it("tells threads the same time through shared memory", () => {
  const clock = new SteppedClock(start);
  clock.leap(1_500);
  expect(Number(new BigInt64Array(clock.shared)[0])).toBe(start.getTime() + 1_500);
});
