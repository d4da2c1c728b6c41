import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import tesseract, { type Page } from "tesseract.js";
import { asPgm, decodeGrey, enlarge } from "./prepare-image.ts";
import type { RecognisedPage, RecognitionAnswer, RecognitionRequest } from "./recognised-page.ts";

/**
 * The recogniser's own process. Tesseract throws outside of every promise when a picture is bad enough; here that ends this
 * process and nothing else. It works offline: the English data comes from a package.
 */
const dataPackage = dirname(createRequire(import.meta.url).resolve("@tesseract.js-data/eng/package.json"));
const lstmOnly = 1;

const recogniser = openRecogniser();

process.on("message", (request: RecognitionRequest) => {
  recognise(request).then(
    (page) => answer({ id: request.id, page }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      answer({ id: request.id, error: { name, message } });
    },
  );
});
process.on("disconnect", () => process.exit(0));

const answer = (message: RecognitionAnswer) => process.send?.(message);

/** A page is one block of text to it: receipts and tables are read line by line, instead of being cut into guessed columns. */
async function openRecogniser() {
  const worker = await tesseract.createWorker("eng", lstmOnly, {
    langPath: join(dataPackage, "4.0.0_best_int"),
    gzip: true,
    cacheMethod: "none",
    errorHandler: (error: unknown) => {
      process.stderr.write(`Tesseract: ${String(error)}\n`);
      process.exit(1);
    },
  });
  await worker.setParameters({ tessedit_pageseg_mode: tesseract.PSM.SINGLE_BLOCK });
  return worker;
}

async function recognise({ image }: RecognitionRequest): Promise<RecognisedPage> {
  const prepared = enlarge(decodeGrey(image));
  const worker = await recogniser;
  const { data } = await worker.recognize(asPgm(prepared), {}, { blocks: true, text: false });
  return { width: prepared.width, height: prepared.height, lines: linesOf(data) };
}

const linesOf = (page: Page) =>
  (page.blocks ?? []).flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ lines }) =>
      lines.map(({ words }) =>
        words
          .filter(({ text }) => text.trim() !== "")
          .map(({ text, confidence, bbox }) => ({
            text,
            confidence,
            left: bbox.x0,
            top: bbox.y0,
            right: bbox.x1,
            bottom: bbox.y1,
          })),
      ),
    ),
  );
