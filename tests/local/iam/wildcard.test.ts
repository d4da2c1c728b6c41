import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arnWildcard, wildcard } from "../../../local/iam/wildcard.ts";

/** The definition itself, without regular expressions. */
function matches(pattern: string, value: string): boolean {
  if (pattern === "") return value === "";
  const [sign, rest] = [pattern[0], pattern.slice(1)];
  if (sign === "*") return matches(rest, value) || (value !== "" && matches(pattern, value.slice(1)));
  return value !== "" && (sign === "?" || sign === value[0]) && matches(rest, value.slice(1));
}

const letters = fc.string({ unit: fc.constantFrom("a", "b", ".", "+", "/", "(", "\n", "\\", "$"), maxLength: 8 });
const patterns = fc.string({ unit: fc.constantFrom("a", "b", ".", "+", "/", "(", "\\", "$", "*", "?"), maxLength: 8 });

describe("wildcards", () => {
  it("match just what the definition says, whatever signs the pattern holds", () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, value) => {
        expect(wildcard(pattern)(value)).toBe(matches(pattern, value));
      }),
      { numRuns: 2000 },
    );
  });

  it("match a value made by filling in the pattern", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(letters, letters)), (parts) => {
        const pattern = parts.map(([literal]) => literal).join("*");
        const filled = parts.map(([literal, filling], index) => (index === 0 ? literal : filling + literal)).join("");
        expect(wildcard(pattern)(filled)).toBe(true);
      }),
    );
  });
});

describe("wildcards in ARNs", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "b", "/", "-"), maxLength: 5 });

  it("match every ARN with a star in all six parts, and none with another number of parts", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        expect(arnWildcard("*:*:*:*:*:*")(parts.join(":"))).toBe(parts.length >= 6);
      }),
    );
  });

  it("do not let a star reach across a colon into another account", () => {
    const pattern = "arn:aws:sqs:us-east-1:*:cases";
    expect(arnWildcard(pattern)("arn:aws:sqs:us-east-1:000000000000:cases")).toBe(true);
    expect(arnWildcard(pattern)("arn:aws:sqs:us-east-1:000000000000:x:cases")).toBe(false);
  });

  it("let a star in the resource reach across slashes and colons", () => {
    expect(arnWildcard("arn:aws:s3:::intake/*")("arn:aws:s3:::intake/invoices/a:b/c.pdf")).toBe(true);
    expect(arnWildcard("arn:aws:s3:::intake")("arn:aws:s3:::intake/invoices")).toBe(false);
  });
});
