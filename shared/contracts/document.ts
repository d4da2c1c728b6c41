import * as z from "zod";

/** Where something stands on a page, as fractions of the page's width and height from its top left corner (Textract's BoundingBox). */
export const box = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
});
export type Box = z.infer<typeof box>;

/** One word on a page. `confidence` in [0, 1]; 1 for a text layer, the recogniser's own for a scan. */
export const word = z.object({ text: z.string(), box, confidence: z.number().min(0).max(1) });
export type Word = z.infer<typeof word>;

export const readingSource = z.enum(["embedded-xml", "text-layer", "text-detection"]);
export type ReadingSource = z.infer<typeof readingSource>;

/** A page as read: words in reading order, and by what they were read. Size in points (1/72 inch). */
export const pageText = z.object({
  page: z.int().min(1),
  widthPoints: z.number().positive(),
  heightPoints: z.number().positive(),
  source: readingSource,
  words: z.array(word),
});
export type PageText = z.infer<typeof pageText>;

/** A place in the case's document that supports a value. */
export const evidence = z.object({ page: z.int().min(1), box, text: z.string().optional() });
export type Evidence = z.infer<typeof evidence>;
