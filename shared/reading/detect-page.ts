import { type CaseStore, requireCase } from "../case/case-store.ts";
import { detectedPage, hashOfDocument, renderPage } from "../documents/inspect-document.ts";
import type { TextDetector } from "../documents/text-detector.ts";
import type { PageMeter } from "./page-meter.ts";
import { readableBytes } from "./read-document.ts";
import type { Documents, PageTexts } from "./reading.ts";

export interface DetectPagePorts {
  readonly cases: Pick<CaseStore, "find">;
  readonly documents: Documents;
  readonly meter: PageMeter;
  readonly detector: TextDetector;
  readonly texts: PageTexts;
  readonly now: () => Date;
}

/** Width at which a page is drawn for text detection: an A4 page at 200 dpi. */
const detectionWidthPixels = 1_654;

/** Draws one page and has its words detected; done once a document, also when the step is repeated, since each page is billed. */
export async function detectPage(caseId: string, page: number, ports: DetectPagePorts): Promise<void> {
  const record = await requireCase(ports.cases, caseId);
  const bytes = await readableBytes(record, ports.documents);
  const documentHash = hashOfDocument(bytes);
  if (await ports.texts.find(caseId, page, documentHash)) return;
  const image = await renderPage(bytes, page, { widthPixels: detectionWidthPixels });
  const at = ports.now();
  await ports.meter.count(at);
  const words = await ports.detector.detectText(image.bytes).catch(async (error: unknown) => {
    await ports.meter.giveBack(at);
    throw error;
  });
  await ports.texts.save(caseId, detectedPage(page, sizeInPoints(image), words), documentHash);
}

const sizeInPoints = ({ widthPixels, heightPixels }: { widthPixels: number; heightPixels: number }) => {
  const pointsPerPixel = (8.27 * 72) / detectionWidthPixels;
  return { widthPoints: widthPixels * pointsPerPixel, heightPoints: heightPixels * pointsPerPixel };
};
