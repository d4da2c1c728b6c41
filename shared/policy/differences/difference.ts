import type { PolicyDifference } from "../../contracts/policy.ts";
import { pointerTo, shown } from "../policy-invalid-error.ts";

export type Effect = PolicyDifference["effect"];

/** One changed path, in one sentence. */
export const difference = (path: readonly PropertyKey[], effect: Effect, summary: string): PolicyDifference => ({
  path: pointerTo(path),
  effect,
  summary: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
});

/** A figure that tightens in one direction and loosens in the other. */
export function figure(
  path: readonly PropertyKey[],
  name: string,
  [before, after]: readonly [number, number],
  tightens: "up" | "down",
): PolicyDifference[] {
  if (before === after) return [];
  const isTighter = after > before === (tightens === "up");
  return [difference(path, isTighter ? "tightens" : "loosens", `${name} from ${before} to ${after}`)];
}

/** What is not known to tighten: any change of it loosens. */
export function whatever(
  path: readonly PropertyKey[],
  name: string,
  [before, after]: readonly [unknown, unknown],
): PolicyDifference[] {
  return isSame(before, after) ? [] : [difference(path, "loosens", `${name} from ${shown(before)} to ${shown(after)}`)];
}

/** Words that are shown, and that nothing is decided by. */
export const words = (
  path: readonly PropertyKey[],
  name: string,
  [before, after]: readonly [unknown, unknown],
): PolicyDifference[] => (isSame(before, after) ? [] : [difference(path, "neutral", `${name} reads differently`)]);

/** A list in which each member counts by itself, in any order. */
export function members(
  path: readonly PropertyKey[],
  [before, after]: readonly [readonly string[], readonly string[]],
  say: { readonly added: (member: string) => [Effect, string]; readonly removed: (member: string) => [Effect, string] },
): PolicyDifference[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...[...is].filter((member) => !was.has(member)).map((member) => difference(path, ...say.added(member))),
    ...[...was].filter((member) => !is.has(member)).map((member) => difference(path, ...say.removed(member))),
  ];
}

/** Figures by name. `missing`: what adding one means; removing one means the opposite. */
export function figures(
  path: readonly PropertyKey[],
  [before, after]: readonly [Readonly<Record<string, number>>, Readonly<Record<string, number>>],
  {
    name,
    tightens,
    adding,
  }: { name: (key: string) => string; tightens: "up" | "down"; adding: "tightens" | "loosens" },
): PolicyDifference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const removing = adding === "tightens" ? "loosens" : "tightens";
  return keys.flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (was === undefined) return [difference([...path, key], adding, `${name(key)} of ${is} is new`)];
    if (is === undefined) return [difference([...path, key], removing, `${name(key)} of ${was} is gone`)];
    return figure([...path, key], name(key), [was, is], tightens);
  });
}

/** Things with an id, told apart by it: the order of the list decides nothing but the order of words. */
export function byId<T extends { readonly id: string }>(
  path: readonly PropertyKey[],
  [before, after]: readonly [readonly T[], readonly T[]],
  say: {
    readonly added: (one: T) => [Effect, string];
    readonly removed: (one: T) => [Effect, string];
    readonly changed: (path: readonly PropertyKey[], was: T, is: T) => PolicyDifference[];
  },
): PolicyDifference[] {
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Map(after.map((one) => [one.id, one]));
  return [
    ...[...is.values()].flatMap((one) => {
      const earlier = was.get(one.id);
      const at = [...path, after.indexOf(one)];
      return earlier ? say.changed(at, earlier, one) : [difference(at, ...say.added(one))];
    }),
    ...[...was.values()].filter(({ id }) => !is.has(id)).map((one) => difference(path, ...say.removed(one))),
  ];
}

/** Equal JSON, whatever order the members stand in. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].every((key) => isSame(left.get(key), right.get(key)));
}
