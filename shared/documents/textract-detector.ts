import { type Block, DetectDocumentTextCommand, type TextractClient } from "@aws-sdk/client-textract";
import type { Word } from "../contracts/document.ts";
import type { TextDetector } from "./text-detector.ts";

/**
 * Text detection by Amazon Textract, synchronous, one page a call (0.0015 USD, see the price table).
 *
 * Errors surface under AWS's names: `ThrottlingException`, `ProvisionedThroughputExceededException`,
 * `LimitExceededException` and `InternalServerError` may be retried; `BadDocumentException`,
 * `UnsupportedDocumentException` and `DocumentTooLargeException` are final.
 */
export class TextractDetector implements TextDetector {
  private readonly client: Pick<TextractClient, "send">;

  constructor(client: Pick<TextractClient, "send">) {
    this.client = client;
  }

  async detectText(image: Uint8Array): Promise<Word[]> {
    const { Blocks = [] } = await this.client.send(new DetectDocumentTextCommand({ Document: { Bytes: image } }));
    return wordsOf(Blocks);
  }
}

/** The WORD blocks of an answer. A block without text or place is of no use as evidence; one without confidence counts as unsure. */
export function wordsOf(blocks: readonly Block[]): Word[] {
  return blocks.flatMap(({ BlockType, Text, Geometry, Confidence }) => {
    const place = Geometry?.BoundingBox;
    if (BlockType !== "WORD" || Text === undefined || Text === "" || place === undefined) return [];
    const { Left = 0, Top = 0, Width = 0, Height = 0 } = place;
    const box = { left: Left, top: Top, width: Math.max(0, Width), height: Math.max(0, Height) };
    return [{ text: Text, box, confidence: Math.min(1, Math.max(0, (Confidence ?? 0) / 100)) }];
  });
}
