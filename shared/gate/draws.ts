import { randomInt } from "node:crypto";
import type { Draws } from "../contracts/disposition.ts";

/** `randomInt` takes ranges below 2^48. */
const steps = 2 ** 47;

/** Three numbers in [0, 1) that nobody can foresee: who could, would know which cases are looked at. */
export const secureDraws = (): Draws => {
  const draw = () => randomInt(steps) / steps;
  return { pilot: draw(), audit: draw(), blind: draw() };
};
