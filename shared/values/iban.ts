/** Length of an IBAN by country, as the SWIFT IBAN registry (release 99) gives it. */
const lengths = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 " +
    "GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 " +
    "MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 " +
    "UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** Without spaces, in capitals; null when country, length or check digits (ISO 13616, mod 97) are wrong. */
export function parseIban(text: string): string | null {
  const iban = text.replace(/[\s.\-‐-―]/g, "").toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban) || iban.length !== lengths.get(iban.slice(0, 2))) return null;
  return remainder(iban) === 1 ? iban : null;
}

/** The IBAN of an account, check digits computed. @throws {RangeError} when the country does not use such an account number. */
export function ibanOf(country: string, account: string): string {
  const check = 98 - remainder(`${country}00${account}`);
  const iban = parseIban(`${country}${String(check).padStart(2, "0")}${account}`);
  if (iban === null) throw new RangeError(`${country} with an account of ${account.length} characters makes no IBAN.`);
  return iban;
}

/** In groups of four, as it is printed (spaces do not break). */
export const sayIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, "$1\u00a0");

/** Digit by digit, since the whole is larger than a number holds. Letters count 10 to 35. */
function remainder(iban: string): number {
  let rest = 0;
  for (const character of `${iban.slice(4)}${iban.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
