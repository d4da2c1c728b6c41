import { currenciesOfSymbol } from "../../../values/currency.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { clears, fires, type Judgement } from "./judgement.ts";

/** Contradicted: the page shows currency signs, and none of them can stand for the currency. Other signs beside it are conversions. */
export function currencyUnclear({ text, currency, extraction }: JudgedInvoice): Judgement {
  const written = text("currency");
  const shown = extraction.currencySymbols.slice(0, 5).map(quoted).join(", ");
  if (written === null)
    return fires(
      `No currency was read${shown === "" ? "" : `; the page shows ${shown}`}.`,
      "the page named one currency",
      ["currency"],
    );
  if (currency === null)
    return fires(`${quoted(written)} is no ISO 4217 code.`, "the currency were an ISO 4217 code", ["currency"]);
  const meanings = extraction.currencySymbols.map(currenciesOfSymbol).filter((codes) => codes !== null);
  if (meanings.length > 0 && !meanings.some((codes) => codes.includes(currency)))
    return fires(
      `The currency is ${currency}, but the page shows ${shown}.`,
      `the page showed amounts in ${currency}`,
      ["currency"],
    );
  return clears(`The currency is ${currency}.`);
}
