import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern, PatternNotImitatedError } from "../../../local/events/pattern.ts";

const matches = (pattern: unknown, event: unknown) => compilePattern(pattern, "rule")(event);

describe("an event pattern", () => {
  it.each([
    ["a listed value", { source: ["aws.s3", "x"] }, { source: "aws.s3" }, true],
    ["a value that is not listed", { source: ["aws.s3"] }, { source: "aws.ec2" }, false],
    ["a nested field", { detail: { bucket: { name: ["b"] } } }, { detail: { bucket: { name: "b" } } }, true],
    ["all fields together", { a: [1], b: [2] }, { a: 1, b: 3 }, false],
    ["null and true by value", { a: [null], b: [true] }, { a: null, b: true }, true],
    ["a number not as text", { a: [1] }, { a: "1" }, false],
    ["any element of a list", { a: ["x"] }, { a: ["w", "x"] }, true],
    ["any object of a list", { a: { b: ["x"] } }, { a: [{ b: "w" }, { b: "x" }] }, true],
    ["prefix", { k: [{ prefix: "inv" }] }, { k: "invoices" }, true],
    ["prefix ignoring case", { k: [{ prefix: { "equals-ignore-case": "INV" } }] }, { k: "invoices" }, true],
    ["suffix", { k: [{ suffix: ".pdf" }] }, { k: "a.png" }, false],
    ["equals-ignore-case", { k: [{ "equals-ignore-case": "YES" }] }, { k: "yes" }, true],
    ["wildcard", { k: [{ wildcard: "a/*/c.*" }] }, { k: "a/b/c.pdf" }, true],
    ["wildcard with a dot taken literally", { k: [{ wildcard: "a.*" }] }, { k: "abc" }, false],
    ["exists true", { k: [{ exists: true }] }, { k: null }, true],
    ["exists false", { k: [{ exists: false }] }, { other: 1 }, true],
    ["exists false below what is absent", { a: { k: [{ exists: false }] } }, {}, true],
    ["anything-but a list", { k: [{ "anything-but": ["a", "b"] }] }, { k: "c" }, true],
    ["anything-but a prefix", { k: [{ "anything-but": { prefix: "a" } }] }, { k: "abc" }, false],
    ["anything-but on an absent field", { k: [{ "anything-but": "a" }] }, {}, false],
    ["numeric range, lower bound", { n: [{ numeric: [">", 0, "<=", 5] }] }, { n: 0 }, false],
    ["numeric range, upper bound", { n: [{ numeric: [">", 0, "<=", 5] }] }, { n: 5 }, true],
    ["one of two alternatives", { $or: [{ a: ["x"] }, { b: ["y"] }] }, { b: "y" }, true],
    ["none of two alternatives", { $or: [{ a: ["x"] }, { b: ["y"] }] }, { a: "y" }, false],
  ])("matches %s as EventBridge does", (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it.each([
    ["an unknown operator", { k: [{ cidr: "10.0.0.0/8" }] }],
    ["two operators in one object", { k: [{ prefix: "a", suffix: "b" }] }],
    ["a bare value instead of a list", { k: "a" }],
    ["an empty list", { k: [] }],
    ["numeric without a number", { k: [{ numeric: [">"] }] }],
  ])("with %s is refused with the path to it", (_, pattern) => {
    expect(() => compilePattern(pattern, "DropRule")).toThrow(PatternNotImitatedError);
    expect(() => compilePattern(pattern, "DropRule")).toThrow(/DropRule\.k/);
  });

  it("made of an event's own scalars matches that event", () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), scalar), (event) => {
        const pattern = Object.fromEntries(Object.entries(event).map(([name, value]) => [name, [value]]));
        expect(matches(pattern, event)).toBe(true);
      }),
    );
  });
});
