import type { Evidence } from "../../../contracts/document.ts";
import { fieldFormats, type InvoiceField } from "../../../contracts/invoice.ts";
import { parseDecimal, sameAmount } from "../../../documents/decimal.ts";
import type { PageReading } from "./page-reading.ts";
import { evidenceOf, plainText } from "./text-line.ts";

const mostEvidence = 4;

/** Where a known value stands on the pages, however it is spelt there. Empty when it does not. */
export function whereStated(field: InvoiceField, value: string, reading: PageReading): Evidence[] {
  const spans = () => {
    switch (fieldFormats[field]) {
      case "amount": {
        const wanted = parseDecimal(value);
        return [...reading.amounts.values()]
          .flat()
          .filter((amount) => wanted !== null && exact(amount.value, wanted) && amount.decimals > 0);
      }
      case "date":
        return [...reading.dates.values()].flat().filter(({ date }) => date === value);
      case "currency":
        return reading.currencies.best?.code === value ? [reading.currencies.best.span] : textSpans(value, reading);
      default:
        return textSpans(value, reading);
    }
  };
  return spans().slice(0, mostEvidence).map(evidenceOf);
}

/** Signs differ between page and data in credit notes; a cent does not. */
const exact = (a: number, b: number) =>
  sameAmount(Math.abs(a), Math.abs(b)) && Math.round(Math.abs(a) / 100) === Math.round(Math.abs(b) / 100);

/** A text, spaces and punctuation aside, on one line; a longer one may go on over the next. */
function textSpans(value: string, { lines }: PageReading) {
  const wanted = squeezed(value);
  if (wanted.length < 2) return [];
  return lines.flatMap((line, index) => {
    const own = squeezedWithPositions(line.text);
    const at = indexOfWhole(own.text, wanted);
    if (at >= 0) {
      const start = own.positions[at] ?? 0;
      return [{ line, start, end: (own.positions[at + wanted.length - 1] ?? start) + 1 }];
    }
    const both = own.text + squeezed(lines[index + 1]?.text ?? "");
    const over = wanted.length > 12 ? both.indexOf(wanted) : -1;
    return over >= 0 && over < own.text.length
      ? [{ line, start: own.positions[over] ?? 0, end: line.text.length }]
      : [];
  });
}

/** A number must not be found inside a longer one. */
function indexOfWhole(text: string, wanted: string): number {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const insideNumber = /^\d/.test(wanted) && /\d/.test(text.charAt(at - 1));
    const runsOn = /\d$/.test(wanted) && /\d/.test(text.charAt(at + wanted.length));
    if (!insideNumber && !runsOn) return at;
  }
  return -1;
}

const squeezed = (text: string): string => plainText(text).replace(/[\s.,:;'"()-]/g, "");

function squeezedWithPositions(text: string): { text: string; positions: number[] } {
  const plain = plainText(text);
  const positions: number[] = [];
  let kept = "";
  for (let at = 0; at < plain.length; at += 1) {
    if (/[\s.,:;'"()-]/.test(plain.charAt(at))) continue;
    kept += plain.charAt(at);
    positions.push(at);
  }
  return { text: kept, positions };
}
