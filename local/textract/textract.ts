import * as z from "zod";
import type { Authorise } from "../iam/principal.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsRequest, AwsResponse, AwsService } from "../wire/service.ts";
import { blocksOf } from "./blocks.ts";
import { openRecogniser, type Recogniser, type RecogniserOptions } from "./recogniser.ts";

export interface TextractOptions extends RecogniserOptions {
  readonly authorise: Authorise;
  /** Reads the pictures. @default Tesseract in processes of its own */
  readonly recogniser?: Recogniser;
}

/** Quota of the synchronous operations (Textract developer guide, "Quotas"). */
const maxDocumentBytes = 10 * 1024 * 1024;
const detectionTarget = "Textract.DetectDocumentText";

const detectRequest = z.object({
  Document: z.object({ Bytes: z.base64().optional(), S3Object: z.unknown().optional() }),
});

/**
 * Stands in for Amazon Textract's DetectDocumentText: one JPEG or PNG of at most 10 MB, handed over as bytes, answered with
 * PAGE, LINE and WORD blocks. Reads English; other Latin scripts lose their accents.
 */
export function openTextract({
  authorise,
  recogniser,
  ...options
}: TextractOptions): AwsService & { close(): Promise<void> } {
  const reader = recogniser ?? openRecogniser(options);
  return {
    name: "textract",
    close: () => reader.close(),
    async handle({ headers, body, principal }: AwsRequest): Promise<AwsResponse> {
      const target = headers["x-amz-target"] ?? "";
      if (target !== detectionTarget)
        throw new NotImitatedError(`Textract's ${target.replace(/^Textract\./, "") || "request without target"}`);
      authorise(principal, "textract:DetectDocumentText", "*");
      const page = await reader.recognise(documentBytes(body));
      return {
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify({
          DocumentMetadata: { Pages: 1 },
          Blocks: blocksOf(page),
          DetectDocumentTextModelVersion: "1.0",
        }),
      };
    },
  };
}

function documentBytes(body: Buffer): Uint8Array {
  const { Bytes, S3Object } = parsed(body).Document;
  if (S3Object !== undefined)
    throw new NotImitatedError("Textract reading from S3 (Document.S3Object); send Document.Bytes");
  const bytes = Buffer.from(Bytes ?? "", "base64");
  if (bytes.length === 0)
    throw new AwsError("InvalidParameterException", "Request has invalid parameters: Document.Bytes is empty.");
  if (bytes.length > maxDocumentBytes)
    throw new AwsError(
      "DocumentTooLargeException",
      `The document has ${bytes.length} bytes, the maximum is ${maxDocumentBytes}.`,
    );
  return bytes;
}

function parsed(body: Buffer) {
  try {
    return detectRequest.parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new AwsError(
      "InvalidParameterException",
      "Request has invalid parameters: a Document with base64 Bytes is expected.",
    );
  }
}
