import type { Word } from "../contracts/document.ts";

/** Reads the words on a picture of one page (JPEG or PNG, at most 10 MB), with boxes and confidence, in no promised order. */
export interface TextDetector {
  detectText(image: Uint8Array): Promise<Word[]>;
}
