import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { BundleIncompleteError, bundleFunctions } from "../../../infra/build/bundle-functions.ts";
import { root } from "../../../infra/build/project.ts";

/** Bundles functions given as source texts. */
async function bundled(sourceTexts: Readonly<Record<string, string>>) {
  const work = mkdtempSync(join(tmpdir(), "signoff-bundles-"));
  const sources = join(work, "functions");
  mkdirSync(sources);
  for (const [name, text] of Object.entries(sourceTexts)) {
    mkdirSync(join(sources, name));
    writeFileSync(join(sources, name, "index.ts"), text);
  }
  const directory = join(work, "built");
  return { directory, sources, bundles: await bundleFunctions({ sources, directory }) };
}

const fromRoot = (path: string) => JSON.stringify(join(root, path));

describe("bundleFunctions", () => {
  it("makes a bundle that runs by itself, and says how large it is", async () => {
    const { directory, bundles } = await bundled({
      "say-hello": 'export const handler = async (name: string): Promise<string> => "Hello " + name;',
    });
    const path = join(directory, "say-hello", "index.mjs");
    const { handler } = await import(pathToFileURL(path).href);
    expect(await handler("you")).toBe("Hello you");
    expect(bundles).toEqual([
      { name: "say-hello", bytes: readFileSync(path).length, totalBytes: readFileSync(path).length },
    ]);
  });

  it("lets bundled CommonJS packages require Node's own modules", async () => {
    const work = mkdtempSync(join(tmpdir(), "signoff-commonjs-"));
    writeFileSync(join(work, "old.cjs"), 'exports.separator = require("path").sep;');
    const { directory } = await bundled({
      old: `import { separator } from ${JSON.stringify(join(work, "old.cjs"))}; export const handler = () => separator;`,
    });
    const { handler } = await import(pathToFileURL(join(directory, "old", "index.mjs")).href);
    expect(handler()).toBe("/");
  });

  it("puts the reading thread and PDFium beside a bundle that reads documents, and beside no other", async () => {
    const { directory, bundles } = await bundled({
      reads: `export { onReadingThread as handler } from ${fromRoot("shared/documents/worker/reading-thread.ts")};`,
      other: "export const handler = () => 1;",
    });
    expect(existsSync(join(directory, "reads", "pdfium.wasm"))).toBe(true);
    expect(existsSync(join(directory, "reads", "reading-worker.mjs"))).toBe(true);
    expect(existsSync(join(directory, "other", "pdfium.wasm"))).toBe(false);
    const [, reads] = bundles;
    expect(reads?.totalBytes).toBeGreaterThan(3 * 1024 * 1024);
    expect(reads?.bytes).toBeLessThan(64 * 1024);
  });

  it("refuses a bundle that would miss a package at its cold start", async () => {
    const incomplete = bundled({ bad: 'export { fromIni as handler } from "@aws-sdk/credential-provider-ini";' });
    await expect(incomplete).rejects.toThrow(BundleIncompleteError);
    await expect(incomplete).rejects.toThrow(/bad\/index\.mjs imports @aws-sdk\/credential-provider-ini/);
  });

  it("passes over a folder that has no function yet", async () => {
    const { sources, directory } = await bundled({ one: "export const handler = () => 1;" });
    mkdirSync(join(sources, "unwritten"));
    expect((await bundleFunctions({ sources, directory })).map(({ name }) => name)).toEqual(["one"]);
  });
});
