import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStateDirectory } from "../../../local/stack/state-directory.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";

const newPath = () => join(temporaryDirectory("state"), "data");

describe("a data directory", () => {
  it("stays new until its first start is done, even when that start failed half-way", async () => {
    const path = newPath();
    const first = await openStateDirectory(path);
    expect(first.isNew).toBe(true);
    await first.close();
    const second = await openStateDirectory(path);
    expect(second.isNew).toBe(true);
    second.firstStartDone();
    await second.close();
    const third = await openStateDirectory(path);
    expect(third.isNew).toBe(false);
    await third.close();
  });

  it("keeps what its storages hold, and --fresh empties it", async () => {
    const path = newPath();
    const first = await openStateDirectory(path);
    await (await first.storage("one")).write([{ key: "a", value: 1 }]);
    first.firstStartDone();
    await first.close();
    const second = await openStateDirectory(path);
    expect(await (await second.storage("one")).get("a")).toBe(1);
    await second.close();
    const fresh = await openStateDirectory(path, { fresh: true });
    expect(await (await fresh.storage("one")).get("a")).toBeUndefined();
    expect(fresh.isNew).toBe(true);
    await fresh.close();
  });

  it("that holds anything else is refused, with and without --fresh, and left as it is", async () => {
    const path = newPath();
    mkdirSync(path);
    writeFileSync(join(path, "thesis.txt"), "ten years");
    await expect(openStateDirectory(path)).rejects.toThrow(/not Signoff's state/);
    await expect(openStateDirectory(path, { fresh: true })).rejects.toThrow(/not Signoff's state/);
    expect(existsSync(join(path, "thesis.txt"))).toBe(true);
  });

  it("is not shared: a second stack is refused by name, --fresh does not take it away", async () => {
    const path = newPath();
    const first = await openStateDirectory(path);
    await (await first.storage("one")).write([{ key: "a", value: 1 }]);
    await expect(openStateDirectory(path)).rejects.toMatchObject({ name: "DataDirectoryInUseError" });
    await expect(openStateDirectory(path, { fresh: true })).rejects.toThrow(new RegExp(`process ${process.pid}`));
    expect(await (await first.storage("two")).get("a")).toBeUndefined();
    await first.close();
    await (await openStateDirectory(path)).close();
  });

  it("is free again when its process was killed", async () => {
    const path = newPath();
    const module = join(import.meta.dirname, "../../../local/stack/state-directory.ts");
    const script = `import { openStateDirectory } from ${JSON.stringify(module)};
      await openStateDirectory(${JSON.stringify(path)});
      console.log("open");
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await expect(openStateDirectory(path)).rejects.toThrow(new RegExp(`process ${child.pid}`));
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await openStateDirectory(path)).close();
  });
});
