import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { demoPeople } from "../../../local/demo/people.ts";
import { listReviewsResponse } from "../../../shared/contracts/api.ts";
import { apiClient, eventually } from "../../stack/api-client.ts";
import { ended, npmStart, root } from "../../stack/npm-start.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";

const configuration = z.object({ clientId: z.string() });

async function reviewsOf({ pageUrl, signInUrl }: { pageUrl: string; signInUrl: string }) {
  const { clientId } = configuration.parse(await (await fetch(new URL("config.json", pageUrl))).json());
  const owner = demoPeople.find(({ username }) => username === "owner-1");
  const api = await apiClient({ pageUrl, signInUrl, clientSecret: () => "" }).asPerson(owner?.sub ?? "", clientId);
  return async () => listReviewsResponse.parse((await api.get("/api/reviews")).body).reviews;
}

describe("npm start", () => {
  it("opens a case for a dropped file; killed and started again it has the case once, and its review", async () => {
    const data = join(temporaryDirectory("whole"), "data");
    const first = await npmStart(data, "--port", "0", "--empty");
    writeFileSync(join(data, "inbox/invoices/not-a-pdf.pdf"), "this is no document");
    const openedBy = join(data, "logs/open-case.log");
    await eventually(
      async () => (existsSync(openedBy) && readFileSync(openedBy, "utf8").includes("A case is open") ? true : null),
      "the case",
    );
    await ended(first, "SIGKILL");

    const second = await npmStart(data, "--port", "0", "--empty");
    const list = await reviewsOf(second);
    const [review] = await eventually(async () => ((await list()).length > 0 ? list() : null), "its review");
    expect(review).toMatchObject({ workflow: "invoices", status: "waiting" });
    expect(await list()).toHaveLength(1);

    const rival = spawn(process.execPath, ["--import", "tsx", "local/main.ts", "--port", "0", "--data", data], {
      cwd: root,
    });
    let refusal = "";
    rival.stderr.on("data", (text) => (refusal += text));
    expect(await once(rival, "exit")).toEqual([1, null]);
    expect(refusal).toContain(`Another Signoff (process ${second.child.pid}) runs on ${data}.`);

    expect(await ended(second, "SIGINT")).toEqual([0, null]);
  }, 400_000);
});
