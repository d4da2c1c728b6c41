import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Mistakes that others made with such systems, numbered; a test whose title begins with a number says what Signoff does about it. */
const pitfalls = 17;

const tests = join(import.meta.dirname, "..");
/** A title as it begins a test: after `it(`, or after the cases of `it.each(…)`. */
const title = /(?:\bit|\))\(\s*["'`]pitfall (\d+): \S/g;

it(`each of the ${pitfalls} pitfalls has a test that names it by its number, and no test names another`, () => {
  const files = readdirSync(tests, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const named = files.flatMap((file) =>
    [...readFileSync(join(tests, file), "utf8").matchAll(title)].map(([, number]) => Number(number)),
  );
  const all = Array.from({ length: pitfalls }, (_, index) => index + 1);
  expect([...new Set(named)].sort((one, other) => one - other)).toEqual(all);
});
