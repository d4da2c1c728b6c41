import { createHash, randomUUID } from "node:crypto";
import type jsonata from "jsonata";

const maxRangeLength = 1_000;
const hashAlgorithms = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

/**
 * The functions that Step Functions adds to JSONata, and `$eval`, which it takes away.
 *
 * @see AWS Step Functions Developer Guide, "Transforming data with JSONata in Step Functions"
 */
export function addExtraFunctions(expression: jsonata.Expression): void {
  expression.registerFunction("partition", partition, "<a-n:a>");
  expression.registerFunction("range", range, "<nnn:a>");
  expression.registerFunction("hash", hash, "<s-s:s>");
  expression.registerFunction("random", random, "<n?:n>");
  expression.registerFunction("uuid", () => randomUUID(), "<:s>");
  expression.registerFunction("parse", (text: string) => JSON.parse(text), "<s-:x>");
  expression.registerFunction("eval", () => {
    throw new Error("Step Functions does not support $eval. Use $parse.");
  });
}

function partition(list: unknown[], size: number): unknown[][] {
  if (!Number.isInteger(size) || size < 1) throw new Error("$partition takes a chunk size that is a positive integer.");
  const chunks: unknown[][] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}

function range(first: number, last: number, increment: number): number[] {
  if (increment === 0) throw new Error("$range takes an increment other than 0.");
  const length = Math.floor((last - first) / increment) + 1;
  if (length > maxRangeLength) throw new Error(`$range makes at most ${maxRangeLength} numbers, not ${length}.`);
  const numbers = Array.from({ length: Math.max(0, length) }, (_, index) => first + index * increment);
  // A JSONata sequence: one number comes back by itself, as recorded on AWS.
  return Object.defineProperty(numbers, "sequence", { value: true, enumerable: false });
}

function hash(text: string, algorithm: string): string {
  if (!hashAlgorithms.includes(algorithm)) throw new Error(`$hash takes one of ${hashAlgorithms.join(", ")}.`);
  return createHash(algorithm.replace("SHA-", "sha")).update(text).digest("hex");
}

/** Same seed, same number in [0, 1); AWS does not say by which generator, so only the promise is kept (mulberry32). */
function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}
