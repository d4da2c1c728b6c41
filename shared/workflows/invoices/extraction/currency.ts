import type { Span, TextLine } from "./text-line.ts";

export interface CurrencyReading {
  /** What stands on the pages, as codes; several when they disagree. */
  readonly seen: readonly string[];
  readonly best: { readonly code: string; readonly confidence: number; readonly span: Span } | null;
}

/** Signs and abbreviations; those that several currencies share say so by their confidence. */
const signs: readonly { readonly pattern: string; readonly code: string; readonly confidence: number }[] = [
  { pattern: "€", code: "EUR", confidence: 0.97 },
  { pattern: "£", code: "GBP", confidence: 0.9 },
  { pattern: "US ?\\$", code: "USD", confidence: 0.97 },
  { pattern: "(?<![A-Z])S ?\\$(?=\\s?\\d)", code: "SGD", confidence: 0.8 },
  { pattern: "(?:CA|C) ?\\$", code: "CAD", confidence: 0.9 },
  { pattern: "(?:AU|A) ?\\$", code: "AUD", confidence: 0.9 },
  { pattern: "\\$", code: "USD", confidence: 0.75 },
  { pattern: "(?<![A-Za-z])RM(?=\\s?\\d|\\)|\\s|$)", code: "MYR", confidence: 0.9 },
  { pattern: "zł", code: "PLN", confidence: 0.95 },
  { pattern: "¥", code: "JPY", confidence: 0.6 },
  { pattern: "₹", code: "INR", confidence: 0.95 },
];
const codes =
  /(?<![A-Za-z])(EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|RON|BGN|CAD|AUD|NZD|SGD|MYR|JPY|CNY|INR|HKD|ZAR|BRL|MXN|TRY|ILS|AED|KRW|THB)(?![A-Za-z])/g;
const currencyLabel = /(?:wahrung|currency|devise|moneda|valuta|moeda)\s*:?\s*$/;
/** "Currency: EUR" outweighs signs in descriptions. */
const labelledVotes = 5;
const words: readonly (readonly [RegExp, string])[] = [
  [/\bus dollars?\b/, "USD"],
  [/\beuros?\b/, "EUR"],
  [/\bringgit\b/, "MYR"],
  [/\bpounds? sterling\b/, "GBP"],
];

/** Counts what the pages write: a code, a sign or a name; the most frequent wins, a code over a sign that several share. */
export function currenciesOn(lines: readonly TextLine[]): CurrencyReading {
  const found = new Map<string, { count: number; confidence: number; span: Span }>();
  const see = (code: string, confidence: number, span: Span) => {
    const known = found.get(code);
    if (known === undefined) found.set(code, { count: 1, confidence, span });
    else
      found.set(code, { count: known.count + 1, confidence: Math.max(known.confidence, confidence), span: known.span });
  };
  for (const line of lines) {
    const taken = new Set<number>();
    for (const { pattern, code, confidence } of signs)
      for (const match of line.text.matchAll(new RegExp(pattern, "g"))) {
        const end = match.index + match[0].length;
        if (taken.has(end)) continue;
        taken.add(end);
        see(code, confidence, { line, start: match.index, end });
      }
    for (const match of line.text.matchAll(codes)) {
      const span = { line, start: match.index, end: match.index + match[0].length };
      const votes = currencyLabel.test(line.plain.slice(0, match.index)) ? labelledVotes : 1;
      for (let vote = 0; vote < votes; vote += 1) see(match[0], 0.97, span);
    }
    for (const [pattern, code] of words) {
      const match = pattern.exec(line.plain);
      if (match !== null) see(code, 0.85, { line, start: match.index, end: match.index + match[0].length });
    }
  }
  const ranked = [...found].sort(([, a], [, b]) => b.count - a.count || b.confidence - a.confidence);
  const [first, second] = ranked;
  if (first === undefined) return { seen: [], best: null };
  const [code, { count, confidence, span }] = first;
  const disputed = second === undefined ? 1 : Math.max(0.5, count / (count + second[1].count));
  return { seen: ranked.map(([seen]) => seen), best: { code, confidence: confidence * disputed, span } };
}
