import { describe, expect, it } from "vitest";
import type { CaseSource } from "../../../shared/contracts/case.ts";
import type { PageText, Word } from "../../../shared/contracts/document.ts";
import { maxDocumentBytes } from "../../../shared/contracts/limits.ts";
import { DocumentEmptyError, DocumentTooLargeError } from "../../../shared/documents/document-errors.ts";
import { detectPage } from "../../../shared/reading/detect-page.ts";
import { DailyPageCapReachedError } from "../../../shared/reading/page-meter.ts";
import { readDocument } from "../../../shared/reading/read-document.ts";
import type { Reading } from "../../../shared/reading/reading.ts";
import { renderPages } from "../../../shared/reading/render-pages.ts";
import { aCase, caseId, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { sampleJpeg } from "../documents/sample-images.ts";
import { textPdf } from "../documents/sample-pdfs.ts";

const aWord: Word = { text: "Rechnung", box: { left: 0.1, top: 0.1, width: 0.2, height: 0.02 }, confidence: 0.9 };

function aReadingRoom(bytes: Uint8Array, sizeBytes = bytes.length) {
  const cases = inMemoryCases();
  const source: CaseSource = { ...aCase().source, sizeBytes };
  cases.given(aCase({ source }));
  const fetched: CaseSource[] = [];
  const files = new Map<string, Uint8Array>();
  const readings = new Map<string, Reading>();
  const texts = new Map<number, PageText & { documentHash: string }>();
  const images = new Map<number, string>();
  const meter = { pages: 0, cap: 10 };
  const detector = { calls: 0, throttled: 0 };
  return {
    cases,
    fetched,
    /** By version, where there is more than one. */
    files,
    saved: { readings, texts, images },
    figures: { meter, detector },
    documents: {
      read: async (asked: CaseSource) => {
        fetched.push(asked);
        return files.get(asked.versionId) ?? bytes;
      },
    },
    readings: { save: async (id: string, reading: Reading) => void readings.set(id, reading) },
    texts: {
      find: async (_id: string, page: number, documentHash: string) =>
        texts.get(page)?.documentHash === documentHash ? (texts.get(page) ?? null) : null,
      save: async (_id: string, page: PageText, documentHash: string) =>
        void texts.set(page.page, { ...page, documentHash }),
    },
    images: {
      save: async (_id: string, page: number, { contentType }: { contentType: string }) =>
        void images.set(page, contentType),
    },
    meter: {
      count: async () => {
        if (meter.pages >= meter.cap) throw new DailyPageCapReachedError(meter.cap);
        meter.pages += 1;
      },
      giveBack: async () => {
        meter.pages -= 1;
      },
    },
    detector: {
      detectText: async () => {
        detector.calls += 1;
        if (detector.throttled-- > 0) throw Object.assign(new Error("Slow down."), { name: "ThrottlingException" });
        return [aWord];
      },
    },
    now: () => noon,
  };
}

describe("reading a document", () => {
  it("keeps the text of its pages and says which need text detection", async () => {
    const room = aReadingRoom(await textPdf([[[50, "Rechnung R-2026/1184 vom 27.02.2026 über 120,00 EUR"]]]));
    expect(await readDocument(caseId, room)).toEqual({ pagesToDetect: [] });
    expect(room.saved.readings.get(caseId)).toMatchObject({ pages: 1, embedded: null });
    const scan = aReadingRoom(sampleJpeg());
    expect(await readDocument(caseId, scan)).toEqual({ pagesToDetect: [1] });
    expect(scan.saved.readings.get(caseId)?.texts).toEqual([null]);
  });

  it.each([
    [0, DocumentEmptyError],
    [maxDocumentBytes + 1, DocumentTooLargeError],
  ])("of %i bytes is refused before a byte is fetched", async (sizeBytes, error) => {
    const room = aReadingRoom(sampleJpeg(), sizeBytes);
    await expect(readDocument(caseId, room)).rejects.toBeInstanceOf(error);
    await expect(renderPages(caseId, room)).rejects.toBeInstanceOf(error);
    expect(room.fetched).toEqual([]);
  });
});

describe("detecting a page", () => {
  it("is done, counted and billed once, however often the step is repeated", async () => {
    const room = aReadingRoom(sampleJpeg());
    await detectPage(caseId, 1, room);
    await detectPage(caseId, 1, room);
    expect(room.figures).toMatchObject({ meter: { pages: 1 }, detector: { calls: 1 } });
    expect(room.saved.texts.get(1)).toMatchObject({ source: "text-detection", words: [{ text: "Rechnung" }] });
  });

  it("is done anew for the version that the sender sent instead: what was read before is not paid", async () => {
    const room = aReadingRoom(sampleJpeg());
    await detectPage(caseId, 1, room);
    const again = sampleJpeg(160, 80);
    room.files.set("v2", again);
    room.cases.given(aCase({ source: { ...aCase().source, versionId: "v2", sizeBytes: again.length } }));
    await detectPage(caseId, 1, room);
    expect(room.figures.detector.calls).toBe(2);
  });

  it("that is throttled does not use up the day's pages", async () => {
    const room = aReadingRoom(sampleJpeg());
    room.figures.detector.throttled = 3;
    for (let attempt = 1; attempt <= 3; attempt++)
      await expect(detectPage(caseId, 1, room)).rejects.toThrow("Slow down.");
    await detectPage(caseId, 1, room);
    expect(room.figures.meter.pages).toBe(1);
  });

  it("above the day's cap is refused before it is billed", async () => {
    const room = aReadingRoom(sampleJpeg());
    room.figures.meter.cap = 0;
    await expect(detectPage(caseId, 1, room)).rejects.toBeInstanceOf(DailyPageCapReachedError);
    expect(room.figures.detector.calls).toBe(0);
  });
});

it("draws every page for the reviewer, as a picture", async () => {
  const room = aReadingRoom(await textPdf([[[50, "Rechnung R-2026/1184"]]]));
  expect(await renderPages(caseId, room)).toEqual({ pages: 1 });
  expect([...room.saved.images.keys()]).toEqual([1]);
  expect(room.saved.images.get(1)).toMatch(/^image\/(jpeg|png)$/);
});
