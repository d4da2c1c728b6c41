/** Characters of a document's text that a reason may quote. */
export const maxQuotedCharacters = 80;

/** Controls, and what reorders, hides or joins characters (bidi marks and overrides, zero widths, tags, private use). */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|\p{Cs}/gu;

/**
 * Text from a document, fit to stand in a sentence of ours: one line, nothing that could reorder or hide what is around
 * it, at most `maxCharacters` long with the cut shown.
 */
export function plainText(text: string, maxCharacters = maxQuotedCharacters): string {
  const clean = text
    .replace(/[\t\r\n]+/g, " ")
    .replace(unseen, "")
    .replace(/ {2,}/g, " ")
    .trim();
  const characters = [...clean];
  return characters.length <= maxCharacters ? clean : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

/** In double quotes, for a sentence. */
export const quoted = (text: string): string => `"${plainText(text).replaceAll('"', "'")}"`;
