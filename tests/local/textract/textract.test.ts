import { afterAll, describe, expect, it } from "vitest";
import { openRecogniser, type Recogniser } from "../../../local/textract/recogniser.ts";
import { openTextract } from "../../../local/textract/textract.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { renderPage } from "../../../shared/documents/inspect-document.ts";
import { wordsOf } from "../../../shared/documents/textract-detector.ts";
import { sampleJpeg } from "../../shared/documents/sample-images.ts";
import { textPdf } from "../../shared/documents/sample-pdfs.ts";

const principal = { arn: "arn:aws:iam::000000000000:role/reader", name: "Reader", statements: [] };
const request = (body: unknown, target = "Textract.DetectDocumentText") => ({
  method: "POST",
  path: "/",
  query: new URLSearchParams(),
  headers: { "x-amz-target": target },
  body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  principal,
});
const picture = (bytes: Uint8Array) => ({ Document: { Bytes: Buffer.from(bytes).toString("base64") } });
const nobody: Recogniser = {
  recognise: () => Promise.reject(new Error("nobody asked for this")),
  close: async () => undefined,
};
const stub = openTextract({ authorise: () => undefined, recogniser: nobody });
const refusal = (service: typeof stub, body: unknown, target?: string) =>
  service.handle(request(body, target)).then(
    () => "nothing",
    (error: unknown) => (error instanceof AwsError ? error.name : String(error)),
  );

describe("the Textract stand-in", () => {
  it.each<[string, unknown, string]>([
    ["no JSON", "{", "InvalidParameterException"],
    ["no document", {}, "InvalidParameterException"],
    ["no bytes", { Document: { Bytes: "" } }, "InvalidParameterException"],
    ["a document in S3", { Document: { S3Object: { Bucket: "b", Name: "n" } } }, "NotImplemented"],
    ["more than 10 MB", picture(new Uint8Array(10 * 1024 * 1024 + 1)), "DocumentTooLargeException"],
  ])("refuses %s", async (_, body, name) => {
    expect(await refusal(stub, body)).toBe(name);
  });

  it("says which operation it does not imitate", async () => {
    await expect(stub.handle(request({}, "Textract.AnalyzeExpense"))).rejects.toThrowError(/AnalyzeExpense/);
  });

  it("asks whether the caller may, before it reads", async () => {
    const asked: string[] = [];
    const guarded = openTextract({
      recogniser: nobody,
      authorise: (who, action, resource) => {
        asked.push(`${who.name} ${action} ${resource}`);
        throw new AwsError("AccessDeniedException", "not you");
      },
    });
    expect(await refusal(guarded, picture(sampleJpeg()))).toBe("AccessDeniedException");
    expect(asked).toEqual(["Reader textract:DetectDocumentText *"]);
  });
});

describe("the Textract stand-in with its recogniser", () => {
  const service = openTextract({ authorise: () => undefined });
  afterAll(() => service.close());

  it("reads a page, answering blocks that point at their children", async () => {
    const pdf = await textPdf([[[50, "Invoice number 4711"]], [[50, "Total amount 119.00"]]]);
    const { bytes } = await renderPage(pdf, 1, { widthPixels: 1_200 });
    const { Blocks } = JSON.parse(String((await service.handle(request(picture(bytes)))).body));
    expect(wordsOf(Blocks).map(({ text }) => text)).toEqual(["Invoice", "number", "4711", "Total", "amount", "119.00"]);
    const [page, ...others] = Blocks;
    const lines = others.filter(({ BlockType }: { BlockType: string }) => BlockType === "LINE");
    expect(page.Relationships[0].Ids).toEqual(lines.map(({ Id }: { Id: string }) => Id));
    expect(lines.map(({ Text }: { Text: string }) => Text)).toEqual(["Invoice number 4711", "Total amount 119.00"]);
    const [first] = wordsOf(Blocks);
    expect(first?.box.left).toBeCloseTo(50 / 595.28, 2);
    expect(first?.confidence).toBeGreaterThan(0.8);
  });

  it("answers for a corrupt picture and for no picture at all, and reads the next", async () => {
    expect(await refusal(service, picture(sampleJpeg(300, 300).slice(0, 400)))).toBe("BadDocumentException");
    expect(await refusal(service, picture(Buffer.from("%PDF-1.7 not a picture")))).toBe("UnsupportedDocumentException");
    const { Blocks } = JSON.parse(String((await service.handle(request(picture(sampleJpeg())))).body));
    expect(Blocks[0].BlockType).toBe("PAGE");
  });
});

describe("the recogniser", () => {
  it("throttles when too many pictures wait, and lets go of them when it closes", async () => {
    const recogniser = openRecogniser({ maxWaiting: 1 });
    const first = recogniser.recognise(sampleJpeg()).catch((error: unknown) => error);
    const second = recogniser.recognise(sampleJpeg()).catch((error: unknown) => error);
    await expect(recogniser.recognise(sampleJpeg())).rejects.toMatchObject({
      name: "ProvisionedThroughputExceededException",
    });
    await recogniser.close();
    expect([await first, await second].every((error) => error instanceof AwsError)).toBe(true);
    await expect(recogniser.recognise(sampleJpeg())).rejects.toMatchObject({ name: "InternalServerError" });
  });

  it("ends a process that takes too long, and starts another", async () => {
    const recogniser = openRecogniser({ timeoutSeconds: 0.001 });
    await expect(recogniser.recognise(sampleJpeg())).rejects.toMatchObject({ name: "InternalServerError" });
    await expect(recogniser.recognise(sampleJpeg())).rejects.toMatchObject({ name: "InternalServerError" });
    await recogniser.close();
  });
});
