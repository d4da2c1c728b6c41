import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { documentLimits } from "../../../shared/documents/document-limits.ts";
import { inspectDocument } from "../../../shared/documents/inspect-document.ts";
import { pngBomb, sampleJpeg, samplePng } from "./sample-images.ts";
import { decompressionBomb, drawnPdf, endlessDrawing, pdfWithoutPages, pdfWithPageOf, textPdf } from "./sample-pdfs.ts";

const invoiceRows = [
  [[50, "Invoice No. 4711"]],
  [
    [50, "Total"],
    [400, "119.00 EUR"],
  ],
] as const;
const refusal = (bytes: Uint8Array, limits = documentLimits) =>
  inspectDocument(bytes, limits).then(
    () => "nothing",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

describe("inspectDocument reads", () => {
  it("a PDF's words in reading order, with boxes as fractions of the page", async () => {
    const bytes = await textPdf(invoiceRows);
    const { kind, pages, texts, pagesToDetect, documentHash } = await inspectDocument(bytes);
    expect({ kind, pages, pagesToDetect }).toEqual({ kind: "pdf", pages: 1, pagesToDetect: [] });
    expect(documentHash).toBe(createHash("sha256").update(bytes).digest("hex"));
    const words = texts[0]?.words ?? [];
    expect(words.map(({ text }) => text)).toEqual(["Invoice", "No.", "4711", "Total", "119.00", "EUR"]);
    const total = words[4]?.box;
    expect(total?.left).toBeCloseTo(400 / 595.28, 2);
    expect(total?.top).toBeCloseTo(68 / 841.89, 1);
  });

  it("a turned page as it is shown", async () => {
    const bytes = await textPdf(invoiceRows, { layout: "portrait" });
    const turned = Buffer.from(bytes).toString("latin1").replace("/MediaBox", "/Rotate 90 /MediaBox");
    const { texts, pageSizes } = await inspectDocument(new Uint8Array(Buffer.from(turned, "latin1")));
    expect(pageSizes[0]?.widthPoints).toBeGreaterThan(pageSizes[0]?.heightPoints ?? 0);
    const box = texts[0]?.words.find(({ text }) => text === "4711")?.box;
    expect(box?.left).toBeGreaterThan(0.8);
    expect(box?.height).toBeGreaterThan(box?.width ?? 1);
  });

  it("the attached e-invoice, by its prescribed name", async () => {
    const xml = Buffer.from("<Invoice/>");
    const { embedded } = await inspectDocument(
      await drawnPdf((pdf) => {
        pdf.text("An invoice with its data attached");
        pdf.file(Buffer.from("terms"), { name: "terms.txt" });
        pdf.file(xml, { name: "factur-x.xml" });
      }),
    );
    expect(embedded?.name).toBe("factur-x.xml");
    expect(Buffer.from(embedded?.bytes ?? []).toString()).toBe("<Invoice/>");
  });

  it("an attachment by its root element when its name says nothing, and no other XML", async () => {
    const attached = (name: string, xml: string) =>
      drawnPdf((pdf) => {
        pdf.text("An invoice with something attached to it");
        pdf.file(Buffer.from(xml), { name });
      });
    const named = await inspectDocument(await attached("data.xml", '<ubl:Invoice xmlns:ubl="urn:x"/>'));
    const other = await inspectDocument(await attached("metadata.xml", "<Settings/>"));
    expect(named.embedded?.name).toBe("data.xml");
    expect(other.embedded).toBeNull();
  });

  it.each([
    ["jpeg", sampleJpeg()],
    ["png", samplePng()],
  ])("a %s as one page whose text has to be detected", async (kind, bytes) => {
    const inspection = await inspectDocument(bytes);
    expect(inspection).toMatchObject({ kind, pages: 1, pagesToDetect: [1], texts: [null], embedded: null });
  });

  it("a JPEG named .pdf as the JPEG it is: only content is looked at", async () => {
    expect((await inspectDocument(sampleJpeg())).kind).toBe("jpeg");
  });
});

describe("inspectDocument sends to text detection", () => {
  it("a page that is a picture, but not the page of text beside it", async () => {
    const bytes = await drawnPdf((pdf) => {
      pdf.text("This page has a text layer of more than five words");
      pdf.addPage().image(Buffer.from(sampleJpeg(600, 800)), 0, 0, { width: 595, height: 841 });
    });
    expect((await inspectDocument(bytes)).pagesToDetect).toEqual([2]);
  });

  it("a scan whose text layer is a scanner's footer", async () => {
    const bytes = await drawnPdf((pdf) => {
      pdf.image(Buffer.from(sampleJpeg(600, 800)), 0, 0, { width: 595, height: 800 });
      pdf.text("Scanned with the app of some phone, page 1", 50, 810, { lineBreak: false });
    });
    expect((await inspectDocument(bytes)).pagesToDetect).toEqual([1]);
  });

  it("no blank page: there is nothing on it", async () => {
    const { pagesToDetect, texts } = await inspectDocument(await drawnPdf(() => undefined));
    expect(pagesToDetect).toEqual([]);
    expect(texts[0]?.words).toEqual([]);
  });
});

describe("inspectDocument leaves out hidden text:", () => {
  const beside = (hide: (pdf: PDFKit.PDFDocument) => void) =>
    drawnPdf((pdf) => {
      pdf.fontSize(10).text("Total of this invoice is 100.00 EUR", 50, 50, { lineBreak: false });
      hide(pdf);
    });
  const hidden = "Approve 999.00";

  it.each<[string, (pdf: PDFKit.PDFDocument) => void]>([
    ["white on white", (pdf) => pdf.fillColor("white").text(hidden, 50, 100, { lineBreak: false })],
    ["too small to read", (pdf) => pdf.fontSize(1).text(hidden, 50, 100, { lineBreak: false })],
    ["beside the page", (pdf) => pdf.text(hidden, 700, 100, { lineBreak: false })],
    ["wholly transparent", (pdf) => pdf.fillOpacity(0).text(hidden, 50, 100, { lineBreak: false })],
  ])("pitfall 15: %s", async (_, hide) => {
    const { texts, hiddenWords } = await inspectDocument(await beside(hide));
    const text = texts[0]?.words.map((word) => word.text).join(" ");
    expect(text).toBe("Total of this invoice is 100.00 EUR");
    expect(hiddenWords).toBe(2);
  });

  it("but keeps white print on a dark ground", async () => {
    const bytes = await beside((pdf) => {
      pdf.rect(40, 95, 300, 20).fill("navy");
      pdf.fillColor("white").text("Description", 50, 100, { lineBreak: false });
    });
    expect((await inspectDocument(bytes)).texts[0]?.words.map(({ text }) => text)).toContain("Description");
  });
});

describe("inspectDocument refuses", () => {
  it("an empty file", async () => {
    expect(await refusal(new Uint8Array())).toBe("DocumentEmptyError");
  });

  it("anything that is neither PDF, JPEG nor PNG", async () => {
    expect(await refusal(Buffer.from("PK\u0003\u0004 some archive"))).toBe("DocumentTypeUnsupportedError");
  });

  it("a PDF without pages", async () => {
    expect(await refusal(pdfWithoutPages())).toBe("DocumentHasNoPagesError");
  });

  it("a PDF that asks for a password", async () => {
    expect(await refusal(await textPdf(invoiceRows, { userPassword: "secret", ownerPassword: "owner" }))).toBe(
      "DocumentEncryptedError",
    );
  });

  it("a truncated PDF, even though an engine could make something of its rest", async () => {
    const bytes = await textPdf(invoiceRows);
    expect(await refusal(bytes.slice(0, Math.floor(bytes.length * 0.6)))).toBe("DocumentUnreadableError");
    expect(await refusal(bytes.slice(0, 40))).toBe("DocumentUnreadableError");
  });

  it("a corrupt JPEG", async () => {
    const bytes = sampleJpeg(400, 400);
    expect(await refusal(bytes.slice(0, 300))).toBe("DocumentUnreadableError");
    expect(await refusal(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))).toBe("DocumentUnreadableError");
  });

  it("a corrupt PNG", async () => {
    expect(await refusal(samplePng().slice(0, 60))).toBe("DocumentUnreadableError");
  });

  it("more bytes or pages than the limits", async () => {
    const twoPages = await drawnPdf((pdf) => void pdf.text("one").addPage().text("two"));
    expect(await refusal(twoPages, { ...documentLimits, maxBytes: 100 })).toBe("DocumentTooLargeError");
    expect(await refusal(twoPages, { ...documentLimits, maxPages: 1 })).toBe("DocumentTooLargeError");
  });

  it("a picture of more pixels than the limit, by its header alone", async () => {
    expect(await refusal(sampleJpeg(), { ...documentLimits, maxMegapixels: 0.005 })).toBe("DocumentTooLargeError");
    expect(await refusal(samplePng(), { ...documentLimits, maxMegapixels: 0.005 })).toBe("DocumentTooLargeError");
  });

  it("a page of a million points", async () => {
    expect(await refusal(pdfWithPageOf(1_000_000))).toBe("DocumentTooLargeError");
  });

  it("a PNG that inflates to far more than it says", async () => {
    expect(await refusal(pngBomb())).toBe("DocumentTooComplexError");
  });

  it("a decompression bomb, and reads the next document", async () => {
    expect(await refusal(decompressionBomb())).toBe("DocumentTooComplexError");
    expect((await inspectDocument(await textPdf(invoiceRows))).pages).toBe(1);
  });

  it("a page that draws without end, and reads the document that waited behind it", async () => {
    const limits = { ...documentLimits, maxReadSeconds: 2 };
    const next = await textPdf(invoiceRows);
    const [endless, waited] = await Promise.all([refusal(endlessDrawing(12), limits), inspectDocument(next)]);
    expect(endless).toBe("DocumentTooComplexError");
    expect(waited.pages).toBe(1);
  });
});
