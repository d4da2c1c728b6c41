import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../page/src/view/ground.css"), "utf8");

/** Relative luminance of a colour written as #rrggbb. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function colours(name: string): readonly [light: string, dark: string] {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css) ?? [];
  if (light === undefined || dark === undefined) throw new Error(`ground.css has no colour ${name}.`);
  return [light, dark];
}

/** Least contrast of text, WCAG 2.2, success criterion 1.4.3 (AA). */
const least = 4.5;

describe("colours of text", () => {
  it.each([
    ["ink", "panel"],
    ["ink", "ground"],
    ["ink", "sunk"],
    ["ink", "warn-ground"],
    ["soft", "panel"],
    ["soft", "ground"],
    ["soft", "sunk"],
    ["soft", "warn-ground"],
    ["warn", "panel"],
    ["warn", "ground"],
    ["warn", "warn-ground"],
    ["stop", "panel"],
    ["stop", "ground"],
    ["ok", "panel"],
    ["ok", "ground"],
    ["accent-ink", "accent"],
  ])("%s stands out from %s, by day and by night", (text, ground) => {
    for (const theme of [0, 1] as const)
      expect(contrast(colours(text)[theme], colours(ground)[theme])).toBeGreaterThanOrEqual(least);
  });
});
