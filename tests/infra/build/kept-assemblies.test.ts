import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { markUsed, removeUnused } from "../../../infra/build/kept-assemblies.ts";
import { idOfADeadProcess } from "./dead-process.ts";

/** Assemblies by name, the first used longest ago. */
function assembliesNamed(...names: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "signoff-kept-"));
  names.forEach((name, minute) => {
    mkdirSync(join(directory, name));
    utimesSync(join(directory, name), 1_700_000_000 + minute * 60, 1_700_000_000 + minute * 60);
  });
  return directory;
}

describe("removeUnused", () => {
  it("keeps the assemblies used last", async () => {
    const directory = assembliesNamed("oldest", "older", "newest");
    await removeUnused(directory, 2);
    expect(readdirSync(directory).sort()).toEqual(["newest", "older"]);
  });

  it("keeps one that a living process runs from, however old", async () => {
    const directory = assembliesNamed("running", "older", "newest");
    writeFileSync(join(directory, `running.used-by-${process.pid}`), "");
    await removeUnused(directory, 1);
    expect(readdirSync(directory).sort()).toEqual(["newest", "running", `running.used-by-${process.pid}`]);
  });

  it("removes one whose process is gone, and the mark it left", async () => {
    const directory = assembliesNamed("stopped", "newest");
    writeFileSync(join(directory, `stopped.used-by-${await idOfADeadProcess()}`), "");
    await removeUnused(directory, 1);
    expect(readdirSync(directory)).toEqual(["newest"]);
  });

  it("leaves alone what is still being made", async () => {
    const directory = assembliesNamed("next.unfinished", "newest");
    await removeUnused(directory, 1);
    expect(readdirSync(directory).sort()).toEqual(["newest", "next.unfinished"]);
  });
});

describe("markUsed", () => {
  it("makes an old assembly the one used last, by this process", async () => {
    const directory = assembliesNamed("old", "new");
    await markUsed(join(directory, "old"));
    await removeUnused(directory, 1);
    expect(readdirSync(directory).sort()).toEqual(["old", `old.used-by-${process.pid}`]);
  });
});
