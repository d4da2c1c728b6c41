import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { openFunctionLog } from "../../../local/lambda/function-log.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";

const newPath = () => join(temporaryDirectory("log"), "logs", "one.log");

describe("a function's log", () => {
  it("sets the full file aside and keeps no more than two", () => {
    const path = newPath();
    const log = openFunctionLog(path, { maxLogBytes: 10 });
    for (const line of ["first...", "second..", "third..."]) {
      log.line(line);
      log.flush();
    }
    expect(readFileSync(path, "utf8")).toBe("third...\n");
    expect(readFileSync(`${path}.1`, "utf8")).toBe("second..\n");
  });

  it("puts together lines and characters that arrive in pieces", async () => {
    const path = newPath();
    const log = openFunctionLog(path);
    const bytes = Buffer.from("größe\nlast");
    const output = Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
    log.follow(output);
    await new Promise((resolve) => output.on("close", resolve));
    log.flush();
    expect(readFileSync(path, "utf8")).toBe("größe\nlast\n");
  });
});
