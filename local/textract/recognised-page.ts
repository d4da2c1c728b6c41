/** A line or word found on a picture; the box in pixels of the picture that was recognised, confidence in [0, 100]. */
export interface RecognisedWord {
  readonly text: string;
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface RecognisedPage {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly (readonly RecognisedWord[])[];
}

/** Between this process and the recogniser's. */
export type RecognitionRequest = { readonly id: number; readonly image: Uint8Array };
export type RecognitionAnswer =
  | { readonly id: number; readonly page: RecognisedPage }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };
