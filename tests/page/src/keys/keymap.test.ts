import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandFor, type Focus, type KeyPress } from "../../../../page/src/keys/keymap.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrl: false,
  alt: false,
  shift: false,
  composing: false,
  ...more,
});
const everywhere: Focus[] = ["page", "value", "note", "queue"];

describe("the key map", () => {
  it.each(everywhere)("approves on Ctrl+Enter in %s, and never on Enter alone", (focus) => {
    expect(commandFor(press("Enter", { ctrl: true }), focus)).toBe("approve");
    expect(["approve", "reject", "escalate"]).not.toContain(commandFor(press("Enter"), focus));
  });

  it.each([
    ["r", "reject"],
    ["E", "escalate"],
    ["z", "undo"],
    ["j", "next-case"],
    ["k", "previous-case"],
    ["n", "note"],
    ["s", "take-suggestion"],
    ["[", "previous-page"],
    ["]", "next-page"],
    ["+", "zoom-in"],
    ["-", "zoom-out"],
    ["?", "keys"],
  ] as const)("hears %s outside fields as %s", (key, command) => {
    expect(commandFor(press(key), "page")).toBe(command);
  });

  it("takes no letter away from somebody who types", () => {
    const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(key, fc.constantFrom<Focus>("value", "note", "dialog"), (letter, focus) => {
        expect(commandFor(press(letter), focus)).toBeNull();
      }),
    );
  });

  it("takes a suggestion inside a field by Alt+S, whatever letter a Mac makes of it", () => {
    expect(commandFor(press("ß", { alt: true, code: "KeyS" }), "value")).toBe("take-suggestion");
    expect(commandFor(press("ß", { alt: true, code: "KeyS" }), "note")).toBeNull();
  });

  it("leaves the browser's own keys alone", () => {
    expect(commandFor(press("r", { ctrl: true }), "page")).toBeNull();
    expect(commandFor(press("0", { ctrl: true }), "page")).toBeNull();
  });

  it("uses arrows only inside the queue, and nothing while an input method composes", () => {
    expect(commandFor(press("ArrowDown"), "queue")).toBe("next-case");
    expect(commandFor(press("ArrowDown"), "page")).toBeNull();
    expect(commandFor(press("Enter", { composing: true }), "value")).toBeNull();
  });
});
