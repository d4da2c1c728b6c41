import { drawPlace, steps } from "../weather.ts";
import type { Move } from "./scene.ts";

const minute = 60_000;
const hour = 60 * minute;

/** What happens by itself. */
export const mishaps: readonly Move[] = [
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
