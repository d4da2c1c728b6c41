import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { inputsHash } from "../../../infra/build/inputs-hash.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "signoff-inputs-"));
  mkdirSync(join(directory, "shared", "case"), { recursive: true });
  writeFileSync(join(directory, "shared", "case", "a.ts"), "a");
  writeFileSync(join(directory, "cdk.json"), "{}");
});

describe("inputsHash", () => {
  it.each([
    ["a file's content changes", () => writeFileSync(join(directory, "shared", "case", "a.ts"), "b")],
    ["a file is added", () => writeFileSync(join(directory, "shared", "b.ts"), "")],
    [
      "a file is renamed",
      () => renameSync(join(directory, "shared", "case", "a.ts"), join(directory, "shared", "case", "b.ts")),
    ],
    ["a file disappears", () => rmSync(join(directory, "shared", "case", "a.ts"))],
    ["settings.json appears", () => writeFileSync(join(directory, "settings.json"), "{}")],
    [
      "a machine appears",
      () => {
        mkdirSync(join(directory, "statemachines"));
        writeFileSync(join(directory, "statemachines", "case.asl.json"), "{}");
      },
    ],
  ])("changes when %s", async (_, change) => {
    const before = await inputsHash(directory);
    change();
    expect(await inputsHash(directory)).not.toBe(before);
  });

  it("stays when what nothing is made of changes", async () => {
    const before = await inputsHash(directory);
    mkdirSync(join(directory, "tests"));
    writeFileSync(join(directory, "tests", "a.test.ts"), "a");
    writeFileSync(join(directory, "README.md"), "changed");
    expect(await inputsHash(directory)).toBe(before);
  });
});
