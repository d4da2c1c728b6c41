import { describe, expect, it } from "vitest";
import { isUnaltered, noAnchorBefore } from "../../../shared/ledger/anchor.ts";
import { anchorLedger, LedgerContradictedError } from "../../../shared/ledger/anchor-ledger.ts";
import { caseIdNumber } from "../case/builders.ts";
import { inMemoryAnchors, inMemoryChains } from "./in-memory-anchors.ts";

const head = (number: number, sequence: number, hash = "a") => ({
  caseId: caseIdNumber(number),
  sequence,
  hash: hash.repeat(64),
});

function house() {
  const [anchors, chains] = [inMemoryAnchors(), inMemoryChains()];
  const run = (at: string) => anchorLedger({ anchors, chains, now: () => new Date(at) });
  const latest = (day: string) => anchors.versions.get(day)?.at(-1);
  return { anchors, chains, run, latest };
}

describe("anchoring the ledger", () => {
  it("writes yesterday and today, each chained to the day before, in the order of case ids", async () => {
    const { chains, run, latest } = house();
    chains.moved.set("2026-03-01", [head(3, 2), head(1, 4)]);
    chains.moved.set("2026-03-02", [head(1, 5)]);
    expect(await run("2026-03-02T06:00:00Z")).toEqual({
      written: [
        { day: "2026-03-01", heads: 2 },
        { day: "2026-03-02", heads: 1 },
      ],
    });
    const [first, second] = [latest("2026-03-01"), latest("2026-03-02")];
    expect(first).toMatchObject({ heads: [head(1, 4), head(3, 2)], previousAnchorHash: noAnchorBefore });
    expect(second?.previousAnchorHash).toBe(first?.hash);
    expect(first && isUnaltered(first)).toBe(true);
  });

  it("writes nothing when nothing moved, and nothing twice", async () => {
    const { anchors, chains, run } = house();
    expect(await run("2026-03-02T06:00:00Z")).toEqual({ written: [] });
    chains.moved.set("2026-03-02", [head(1, 1)]);
    await run("2026-03-02T06:00:00Z");
    expect(await run("2026-03-02T06:00:01Z")).toEqual({ written: [] });
    expect(anchors.versions.get("2026-03-02")).toHaveLength(1);
  });

  it("adds later heads as a new version, and chains the day after to it", async () => {
    const { anchors, chains, run, latest } = house();
    chains.moved.set("2026-03-02", [head(1, 1)]);
    await run("2026-03-02T06:00:00Z");
    chains.moved.set("2026-03-02", [head(1, 3, "b"), head(2, 1)]);
    chains.moved.set("2026-03-03", [head(2, 2)]);
    await run("2026-03-03T00:30:00Z");
    expect(anchors.versions.get("2026-03-02")).toHaveLength(2);
    expect(latest("2026-03-02")?.heads).toEqual([head(1, 3, "b"), head(2, 1)]);
    expect(latest("2026-03-03")?.previousAnchorHash).toBe(latest("2026-03-02")?.hash);
  });

  it("catches up on days that no run anchored, from the last anchor on, which may lack heads", async () => {
    const { chains, run, latest } = house();
    chains.moved.set("2026-03-02", [head(1, 1)]);
    await run("2026-03-02T12:00:00Z");
    chains.moved.set("2026-03-02", [head(1, 2)]);
    chains.moved.set("2026-03-05", [head(4, 1)]);
    expect((await run("2026-03-09T12:00:00Z")).written.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-05"]);
    expect(latest("2026-03-05")?.previousAnchorHash).toBe(latest("2026-03-02")?.hash);
  });

  it.each([
    ["another hash", head(1, 4, "f")],
    ["fewer events", head(1, 3)],
  ])("takes no anchored head back when the ledger says %s, anchors the rest, and says so", async (_, forged) => {
    const { chains, run, latest } = house();
    chains.moved.set("2026-03-02", [head(1, 4)]);
    await run("2026-03-02T06:00:00Z");
    chains.moved.set("2026-03-02", [forged, head(2, 1)]);
    await expect(run("2026-03-02T12:00:00Z")).rejects.toThrow(LedgerContradictedError);
    expect(latest("2026-03-02")?.heads).toEqual([head(1, 4), head(2, 1)]);
  });

  it("never gives an altered anchor a hash that fits", async () => {
    const { anchors, chains, run, latest } = house();
    chains.moved.set("2026-03-02", [head(1, 4)]);
    await run("2026-03-02T06:00:00Z");
    const written = latest("2026-03-02");
    if (written) anchors.versions.set("2026-03-02", [{ ...written, heads: [] }]);
    chains.moved.set("2026-03-03", [head(1, 5)]);
    await expect(run("2026-03-03T06:00:00Z")).rejects.toThrow(/The anchor of 2026-03-02 was altered/);
    expect(latest("2026-03-02")?.heads).toEqual([]);
    expect(latest("2026-03-03")?.heads).toEqual([head(1, 5)]);
  });
});
