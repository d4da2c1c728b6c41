/** Words that say how a company is incorporated, not which one it is; after normalisation, so without points and accents. */
const legalForms = new Set(
  (
    "gmbh mbh ug ag kg kgaa ohg gbr ek ev eg se co cie compagnie company haftungsbeschrankt ges " +
    "ltd limited llc llp lp inc incorporated corp corporation plc pty pte pvt sdn bhd dba " +
    "sa sas sasu sarl eurl snc sci scop sl slu slne sau srl srls spa sapa sas sn snc coop " +
    "bv nv vof cv cvba bvba sprl ab as asa aps oy oyj hb kb kft zrt nyrt doo dd ad eood ood sro as sp zoo spzoo sk oe lda unipessoal eirl ltda sarlau"
  ).split(" "),
);
/** Two-letter forms that are spelled with points or spaces: "S. p. A.", "S.à r.l.", "e. K.", "B.V.". */
const spelledForms =
  /\b(?:s p a|s r l s|s r l|s a r l|s a s u|s a s|s a|s l u|s l|b v|n v|e k|e v|e g|l l c|l l p|p l c|d o o|s r o|a s|sp z o o|g m b h|o h g|a g|k g)\b/g;

/** Letters that do not come apart into letter and accent. */
const letters: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/** Lower case, accents off, everything but letters and digits to single spaces. */
export const simplified = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter)
    .replace(/&/g, " and ")
    .replace(/['’`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * What two spellings of a supplier's name have in common: "Müller & Söhne GmbH & Co. KG" and "MULLER UND SOHNE" are
 * "muller sohne". Empty when the name holds no letter or digit. A name made of legal forms alone keeps them.
 */
export function supplierKey(name: string): string {
  const plain = simplified(name);
  const words = plain
    .replace(spelledForms, " ")
    .split(" ")
    .filter((word) => word !== "" && !joiningWords.has(word));
  const kept = words.filter((word) => !legalForms.has(word));
  return kept.length > 0 ? kept.join(" ") : plain;
}

const joiningWords = new Set(["and", "und", "et", "y", "e"]);
