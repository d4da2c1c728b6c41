import { type Dice, dice } from "./dice.ts";

/** How likely each fault is at each invocation of one schedule. Swarm testing: every seed has weather of its own. */
export interface Weather {
  /** A function's process dies: before its handler, between two of its calls, or before its answer is taken. */
  readonly kill: number;
  /** A function stops in the middle until others have moved on and the clock was turned. */
  readonly hold: number;
  /** DynamoDB throttles one call, or all further calls of an invocation. */
  readonly throttle: number;
  /** A call has its effect and its answer is lost: the SDK calls again. */
  readonly lostAnswer: number;
  /** An event comes twice: at once, or once more when others have moved on. */
  readonly duplicate: number;
  /** Text detection does not answer in time, or is throttled. */
  readonly textract: number;
  /** Faults in all. */
  readonly budget: number;
}

/** @see Groce et al., Swarm Testing (2012): leaving features out of a run finds more than always having all. */
export function weatherOf(seed: number): Weather {
  const drawn = dice(seed, "weather");
  const rate = (high: number) => drawn.pick([0, 0, 0.04, 0.1, high]);
  return {
    kill: rate(0.25),
    hold: rate(0.2),
    throttle: rate(0.2),
    lostAnswer: rate(0.2),
    duplicate: rate(0.5),
    textract: drawn.pick([0.2, 0.6]),
    budget: drawn.int(2, 14),
  };
}

export type FaultKind = "kill" | "hold" | "throttle once" | "throttle on" | "lose the answer" | "time out";

/** A fault of one invocation: before its handler (`call` 0), at its n-th call to AWS, at its first call of that name, or at its end. */
export interface Fault {
  readonly kind: FaultKind;
  readonly call: number | string;
  /** Once the call has had its effect. */
  readonly after: boolean;
}

export interface Fate {
  readonly fault: Fault | null;
  readonly copy: "at once" | "later" | null;
}

const asynchronous: ReadonlySet<string> = new Set(["open-case", "reconcile", "sweep-outbox"]);

/**
 * Calls to AWS that a function makes at least when all goes well, so that faults strike each of them and not beyond the last; and
 * those by which it tells the world something, around which most can go wrong.
 */
const functions: Readonly<Record<string, { readonly calls: number; readonly telling: readonly string[] }>> = {
  "open-case": { calls: 5, telling: ["TransactWriteItems", "StartExecution", "PutEvents"] },
  "read-document": { calls: 3, telling: [] },
  "detect-page": { calls: 6, telling: [] },
  "propose-invoice": { calls: 6, telling: [] },
  "gate-proposal": { calls: 4, telling: ["TransactWriteItems"] },
  "render-pages": { calls: 3, telling: [] },
  "open-review": { calls: 4, telling: ["TransactWriteItems", "PutEvents"] },
  "deliver-outcome": { calls: 7, telling: ["TransactWriteItems", "PutEvents"] },
  "record-decision": { calls: 9, telling: ["TransactWriteItems", "SendTaskSuccess", "DeleteItem"] },
  "claim-review": { calls: 6, telling: ["TransactWriteItems"] },
  "release-review": { calls: 6, telling: ["TransactWriteItems"] },
  "sweep-outbox": { calls: 8, telling: ["SendTaskSuccess", "DeleteItem"] },
  reconcile: { calls: 9, telling: ["TransactWriteItems", "StartExecution"] },
};
const unknown = { calls: 4, telling: [] };
/** Steps of a case: their functions are worth a blow. */
export const steps = ["open-case", "gate-proposal", "open-review", "deliver-outcome", "record-decision", "reconcile"];

/** Where in a function a fault strikes: before its handler, before or after one of its calls, or at its end. */
export function drawPlace(drawn: Dice, functionName: string): Pick<Fault, "call" | "after"> {
  const { calls, telling } = functions[functionName] ?? unknown;
  const after = drawn.chance(0.5);
  const action = drawn.chance(0.5) ? drawn.pick(telling) : undefined;
  if (action !== undefined) return { call: action, after };
  const call = drawn.int(0, calls + 1);
  return { call: call > calls ? "end" : call, after };
}

/** What happens to the n-th invocation of a function for one subject. */
export function fateOf(weather: Weather, drawn: Dice, functionName: string): Fate {
  const copy =
    asynchronous.has(functionName) && drawn.chance(weather.duplicate)
      ? drawn.pick(["at once", "later"] as const)
      : null;
  const atCall = () => ({ call: drawn.int(1, (functions[functionName] ?? unknown).calls), after: false });
  const candidates: readonly (readonly [number, () => Fault])[] = [
    [
      functionName === "detect-page" ? weather.textract : 0,
      () => ({ kind: "time out", call: drawn.int(3, 5), after: false }),
    ],
    [weather.kill, () => ({ kind: "kill", ...drawPlace(drawn, functionName) })],
    [weather.hold, () => ({ kind: "hold", ...drawPlace(drawn, functionName) })],
    [weather.throttle, () => ({ kind: drawn.pick(["throttle once", "throttle on"] as const), ...atCall() })],
    [weather.lostAnswer, () => ({ kind: "lose the answer", ...atCall(), after: true })],
  ];
  for (const [probability, make] of candidates) if (drawn.chance(probability)) return { fault: make(), copy };
  return { fault: null, copy };
}
