import { describe, expect, it } from "vitest";
import { s3Anchors } from "../../../../shared/aws/s3/anchors.ts";
import { anchorOf, noAnchorBefore } from "../../../../shared/ledger/anchor.ts";
import { AnchorChangedError, type Anchors } from "../../../../shared/ledger/anchor-ledger.ts";
import { givenS3, intake } from "../../../local/s3/running-s3.ts";
import { caseIdNumber } from "../../case/builders.ts";
import { inMemoryAnchors } from "../../ledger/in-memory-anchors.ts";

const head = (number: number) => ({ caseId: caseIdNumber(number), sequence: 1, hash: "a".repeat(64) });

describe.each([
  ["memory", async (): Promise<Anchors> => inMemoryAnchors()],
  ["S3", async (): Promise<Anchors> => s3Anchors({ client: (await givenS3()).client, bucket: intake })],
])("anchors in %s", (_, open) => {
  it("are found by their day, as they were written, and listed in order", async () => {
    const anchors = await open();
    expect(await anchors.days()).toEqual([]);
    expect(await anchors.find("2026-03-02")).toBeNull();
    const [one, two] = [anchorOf("2026-03-01", [head(1)], noAnchorBefore), anchorOf("2026-03-02", [], noAnchorBefore)];
    await anchors.put(two, null);
    await anchors.put(one, null);
    expect(await anchors.days()).toEqual(["2026-03-01", "2026-03-02"]);
    expect((await anchors.find("2026-03-01"))?.anchor).toEqual(one);
  });

  it("are written again only by who saw the last version", async () => {
    const anchors = await open();
    const [one, more] = [[head(1)], [head(1), head(2)]].map((heads) => anchorOf("2026-03-01", heads, noAnchorBefore));
    if (!one || !more) throw new Error("unreachable");
    await anchors.put(one, null);
    await expect(anchors.put(more, null)).rejects.toThrow(AnchorChangedError);
    const seen = await anchors.find("2026-03-01");
    await anchors.put(more, seen);
    await expect(anchors.put(one, seen)).rejects.toThrow(AnchorChangedError);
    expect((await anchors.find("2026-03-01"))?.anchor).toEqual(more);
  });
});
