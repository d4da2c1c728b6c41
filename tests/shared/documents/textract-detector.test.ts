import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Block, TextractClient } from "@aws-sdk/client-textract";
import { describe, expect, it } from "vitest";
import { TextractDetector, wordsOf } from "../../../shared/documents/textract-detector.ts";

const recorded = fileURLToPath(
  new URL("../../../../shared/data/textract-responses/document-patient-intake-form.json", import.meta.url),
);
const isRecorded = existsSync(recorded);
if (!isRecorded) console.log(`skipped: recorded Textract answers, not found at ${recorded}`);

const geometry = { BoundingBox: { Left: 0.1, Top: 0.2, Width: 0.3, Height: 0.04 } };
const clientThat = (answer: () => unknown): Pick<TextractClient, "send"> => ({ send: async () => answer() });

describe("TextractDetector", () => {
  it("takes the words of an answer, their confidence between 0 and 1", async () => {
    const Blocks: Block[] = [
      { BlockType: "PAGE", Geometry: geometry },
      { BlockType: "LINE", Text: "Total 9.00", Confidence: 99, Geometry: geometry },
      { BlockType: "WORD", Text: "Total", Confidence: 99.5, Geometry: geometry },
      { BlockType: "WORD", Text: "9.00", Geometry: geometry },
      { BlockType: "WORD", Text: "nowhere", Confidence: 90 },
    ];
    const box = { left: 0.1, top: 0.2, width: 0.3, height: 0.04 };
    expect(await new TextractDetector(clientThat(() => ({ Blocks }))).detectText(new Uint8Array([1]))).toEqual([
      { text: "Total", box, confidence: 0.995 },
      { text: "9.00", box, confidence: 0 },
    ]);
  });

  it("answers no words for a page without any", async () => {
    expect(await new TextractDetector(clientThat(() => ({}))).detectText(new Uint8Array([1]))).toEqual([]);
  });

  it("lets AWS's errors through under their names, so that the state machine can retry throttling", async () => {
    const throttled = Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" });
    const detector = new TextractDetector(
      clientThat(() => {
        throw throttled;
      }),
    );
    await expect(detector.detectText(new Uint8Array([1]))).rejects.toBe(throttled);
  });

  it.skipIf(!isRecorded)("reads the words of an answer that AWS gave", async () => {
    const answer: { Blocks: Block[] } = JSON.parse(await readFile(recorded, "utf8"));
    const words = wordsOf(answer.Blocks);
    expect(words).toHaveLength(answer.Blocks.filter(({ BlockType }) => BlockType === "WORD").length);
    expect(words.length).toBeGreaterThan(50);
    for (const { confidence, box } of words) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(box.left + box.width).toBeLessThanOrEqual(1.001);
    }
  });
});
