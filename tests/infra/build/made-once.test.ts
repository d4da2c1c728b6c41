import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withLock } from "../../../infra/build/lock.ts";
import { madeOnce } from "../../../infra/build/made-once.ts";
import { idOfADeadProcess } from "./dead-process.ts";

const aPath = () => join(mkdtempSync(join(tmpdir(), "signoff-made-once-")), "made");

describe("madeOnce", () => {
  it("makes a directory once for many callers at the same time", async () => {
    const directory = aPath();
    let made = 0;
    const make = async (unfinished: string) => {
      made += 1;
      mkdirSync(unfinished);
      await new Promise((resolve) => setTimeout(resolve, 20));
      writeFileSync(join(unfinished, "whole"), "yes");
      return undefined;
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => madeOnce(directory, make)));
    expect(made).toBe(1);
    expect(new Set(answers)).toEqual(new Set([directory]));
    expect(readFileSync(join(directory, "whole"), "utf8")).toBe("yes");
  });

  it("leaves nothing that looks finished when making fails, and makes it the next time", async () => {
    const directory = aPath();
    const half = async (unfinished: string) => {
      mkdirSync(unfinished);
      writeFileSync(join(unfinished, "half"), "");
      throw new Error("killed");
    };
    await expect(madeOnce(directory, half)).rejects.toThrow("killed");
    expect(existsSync(directory)).toBe(false);
    await madeOnce(directory, async (unfinished) => {
      mkdirSync(unfinished);
      return undefined;
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  it("gives what is made another place when asked to, and makes it again next time", async () => {
    const directory = aPath();
    const elsewhere = await madeOnce(directory, async (unfinished) => {
      mkdirSync(unfinished);
      return `${directory}-other`;
    });
    expect(elsewhere).toBe(`${directory}-other`);
    expect(existsSync(directory)).toBe(false);
  });
});

describe("withLock", () => {
  it("takes over from a process that died holding it", async () => {
    const file = `${aPath()}.lock`;
    writeFileSync(file, String(await idOfADeadProcess()));
    expect(await withLock(file, async () => "done")).toBe("done");
    expect(existsSync(file)).toBe(false);
  });

  it("lets one in at a time, and lets go also when the work fails", async () => {
    const file = `${aPath()}.lock`;
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
      throw new Error("failed");
    };
    await Promise.allSettled(Array.from({ length: 5 }, () => withLock(file, work)));
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});
