import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTarget, TargetNotFoundError } from "../../../infra/operate/target.ts";
import { announceRunning } from "../../../local/stack/running.ts";
import { temporaryDirectory } from "../../local/template/temporary-directory.ts";

const outputs = {
  CaseTable: "cases",
  LedgerTable: "ledger",
  LedgerAnchorsBucket: "anchors",
  RedriveFunction: "redrive",
  PageUrl: "https://page/",
};
const running = {
  endpoint: "http://127.0.0.1:1",
  region: "us-east-1",
  credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
  outputs,
};

describe("the Signoff of this machine", () => {
  it("is found while it runs, by a file that only its user can read", async () => {
    const data = temporaryDirectory("running");
    writeFileSync(join(data, "endpoint.json"), "left behind", { mode: 0o644 });
    const takeAway = announceRunning(data, running);
    expect(statSync(join(data, "endpoint.json")).mode & 0o777).toBe(0o600);
    const { client, outputs: found } = await findTarget({ aws: false, data });
    expect(client).toEqual({ endpoint: running.endpoint, region: running.region, credentials: running.credentials });
    expect(found).toMatchObject({ LedgerTable: "ledger", RedriveFunction: "redrive" });
    takeAway();
    writeFileSync(join(data, "signoff-state.json"), "{}");
    await expect(findTarget({ aws: false, data })).rejects.toThrow(/does not run\. Start it/);
  });

  it("is not taken to run when its process was killed", async () => {
    const data = temporaryDirectory("running");
    announceRunning(data, running);
    const path = join(data, "endpoint.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(`"pid": ${process.pid}`, '"pid": 2147483646'));
    await expect(findTarget({ aws: false, data })).rejects.toThrow(TargetNotFoundError);
  });
});
