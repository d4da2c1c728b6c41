import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../page");
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, "src", path), "utf8") }));

describe("the page's source", () => {
  it.each([
    [
      "innerHTML",
      /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet|document\.write|createContextualFragment|DOMParser|srcdoc/,
    ],
    ["code from text", /\beval\(|new Function\(|setTimeout\(\s*["'`]/],
    ["style as text, which the policy forbids", /style=\{?["'`]|cssText|setAttribute\(\s*["'`]style/],
    ["storage that outlives the tab", /localStorage|indexedDB|document\.cookie/],
    ["addresses that are not its own", /https?:\/\/(?!\$)/],
  ])("uses no %s", (_, pattern) => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("takes only types from contracts that need zod, so that zod stays out of the bundle", () => {
    const pure = ["limits.ts", "invoice-signals.ts"];
    const offending = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/^import (?!type )[^;]*?contracts\/([\w-]+\.ts)/gm)]
        .filter(([, file]) => file !== undefined && !pure.includes(file))
        .map(([line]) => `${path}: ${line}`),
    );
    expect(offending).toEqual([]);
  });

  it("has neither script nor style in its document", () => {
    const html = readFileSync(join(root, "index.html"), "utf8");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });
});
