/** Legal forms that end a company's name, in the countries of our languages and of the measuring sets. */
const legalForm =
  /(?:^|[\s,.&])(?:gmbh|mbh|ag|kg|ohg|ug|gbr|e\.?\s?k\.?|e\.?\s?v\.?|a\.?\s?g\.?|s\.?e|ltd|limited|llc|llp|plc|inc|incorporated|corp|corporation|co|b\.?\s?v|n\.?\s?v|v\.?o\.?f|s\.?a\.?r\.?l|s\.?a\.?s|sasu|eurl|s\.?a|s\.?l\.?u?|s\.?r\.?l\.?s?|s\.?p\.?a|s\.?n\.?c|lda|unipessoal|oy|ab|aps|a\/s|as|sp\.? z ?o\.? ?o|s\.?r\.?o|kft|sdn\.?\s*bhd|sbn\.?\s*bhd|bhd|s\/b|sb$|plt|pte|pty|enterprise|trading|holdings?)\b\.?/;
/** Lines that open a document without naming anybody. */
const heading =
  /^(?:tax |kopie |copy |pro ?forma |original |duplicate |simplified )*(?:invoice|receipt|rechnung|factur[ae]|facture|fattura|factuur|fatura|bill|cash (?:bill|sales?|receipt|memo)|gutschrift|credit note|order|quotation|statement|welcome|thank you|dine in|take ?away|seite|page|pagina|datum|date|tel|fax|phone|gst|sst|vat|reg(?:istration)?|co\.? ?reg|co\.? ?no|company no|www|http|e-?mail|kopie|copy|original|customer|cashier|table|no\b|nr\b|#|\*|name\b|artikel|item\b|descri|omschrijving|please|your order|our ref|machine|nummer|number|anschrift|address|adresse|bic\b|iban\b|swift|(?:eur|usd|gbp|chf|myr)\b)/;
const address =
  /^(?:no\.?\s?\d|lot\b|\d+[\s,]|jalan\b|jln\b|unit\b|level\b|block\b|suite\b|floor\b|po box\b|p\.o\. box\b|rue\b|via\b|calle\b|avenida\b|rua\b|c\/)|\b(?:str\.?|strasse|straße|street|avenue|ave|road|rd|weg|laan|plein|gasse|platz|taman|jalan|boulevard)\b\s*\d*|\d{5}\b|\b\d{4} ?[a-z]{2}\b/;

/**
 * How much a text looks like the name of a company or person, in [0, 1]. Text of a heading, an address, a number or a sentence
 * has none.
 */
export function nameLikeness(text: string, plain: string): number {
  const trimmed = plain.trim();
  const letters = trimmed.replace(/[^\p{L}]/gu, "").length;
  if (letters < 3 || trimmed.length > 70 || letters < 0.55 * trimmed.replace(/\s/g, "").length) return 0;
  if (trimmed.includes("@") || /https?:|www\.|:\s|:$/.test(trimmed) || heading.test(trimmed)) return 0;
  if (legalForm.test(trimmed)) return isOnlyLegalForm(trimmed) ? 0.1 : 1;
  if (letters < 4) return 0.1;
  if (address.test(trimmed) || trimmed.split(/\s+/).length > 7 || /[.!?]$/.test(trimmed)) return 0.05;
  const capitals = text.replace(/[^\p{Lu}]/gu, "").length / letters;
  return capitals > 0.7 ? 0.6 : /^\p{Lu}/u.test(text.trim()) ? 0.45 : 0.15;
}

/** "SDN BHD" on a line of its own ends the name on the line above. */
export const isOnlyLegalForm = (plain: string): boolean =>
  legalForm.test(plain) && plain.replace(new RegExp(legalForm.source, "g"), "").replace(/[^\p{L}]/gu, "").length < 3;

/** A name without what stands around it: separators, a registration number in brackets, "Name:". */
export const cleanName = (text: string): string =>
  text
    .replace(/^(?:name|firma|nom|nombre|nome|naam|company|attn|att|z\.?\s?hd\.?|t\.a\.v\.)\s*[:.]\s*/i, "")
    .replace(/[\s,;:]+$/, "")
    .replace(/\s+\d{5,}-?[A-Z]$/, "")
    .replace(/\s*[([](?:co\.?\s*(?:reg\.?)?\s*(?:no\.?)?\s*:?\s*)?[\dA-Z]*\d[\dA-Z -]*[)\]]?\s*$/i, "")
    .replace(/^[^\p{L}\d]+|[^\p{L}\d.)!]+$/gu, "")
    .replace(/\s+/g, " ")
    .trim();

/** For comparing: letters and digits only. */
export const comparableName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/[^\p{L}\d]/gu, "")
    .toLowerCase();

/** A name without its legal form, for looking it up in a web address; a placeholder that nothing holds when little is left. */
export function coreName(name: string): string {
  const core = comparableName(
    name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(new RegExp(legalForm.source, "g"), " "),
  );
  return core.length >= 4 ? core : "?";
}
