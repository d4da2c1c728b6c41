import { type CaseStore, requireCase } from "../case/case-store.ts";
import { inspectDocument, type RenderedPage, renderPage } from "../documents/inspect-document.ts";
import { readableBytes } from "./read-document.ts";
import type { Documents } from "./reading.ts";

export interface RenderPagesPorts {
  readonly cases: Pick<CaseStore, "find">;
  readonly documents: Documents;
  readonly images: { save(caseId: string, page: number, image: RenderedPage): Promise<void> };
}

/** Width of a page image for the reviewer: sharp at 150 % on a common screen. */
const reviewWidthPixels = 1_400;

/** Draws every page for the reviewer. A document that cannot be drawn is reviewed without pictures; the machine sees to that. */
export async function renderPages(
  caseId: string,
  { cases, documents, images }: RenderPagesPorts,
): Promise<{ pages: number }> {
  const record = await requireCase(cases, caseId);
  const bytes = await readableBytes(record, documents);
  const { pages } = await inspectDocument(bytes);
  for (let page = 1; page <= pages; page++) {
    const image = await renderPage(bytes, page, { widthPixels: reviewWidthPixels });
    await images.save(caseId, page, image);
  }
  return { pages };
}
