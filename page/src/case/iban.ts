/** Shortest and longest IBAN that a country uses (Norway 15, ISO 13616 allows 34). */
const shortest = 15;
const longest = 34;

/**
 * Whether the check digits fit: country and check digits moved to the end, letters as 10 to 35, the number modulo 97 is 1.
 * @see ISO 13616, ISO 7064 MOD 97-10
 */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(text) || text.length < shortest || text.length > longest) return false;
  const turned = text.slice(4) + text.slice(0, 4);
  let remainder = 0;
  for (const character of turned) {
    for (const digit of Number.parseInt(character, 36).toString()) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}
