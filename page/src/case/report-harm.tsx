import { useState } from "preact/hooks";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Client } from "../api/client.ts";
import { useAct } from "../api/use-act.ts";
import { Failure } from "../view/failure.tsx";
import { toMinorUnits } from "../view/money.ts";
import { readDecimal } from "./decimal.ts";

interface Props {
  readonly client: Client;
  readonly subject: GetCaseResponse;
  announce(text: string): void;
}

/** Reports what an outcome cost a customer: how much, who found out and how, and the day it happened. */
export function ReportHarm({ client, subject, announce }: Props) {
  const { caseId, headline } = subject.case;
  const [amount, setAmount] = useState("");
  const [currency, setCurrency] = useState(headline.currency ?? "EUR");
  const [source, setSource] = useState("");
  const [date, setDate] = useState("");
  const [note, setNote] = useState("");
  const [isDone, setDone] = useState(false);
  const act = useAct(client);

  async function report() {
    const reading = readDecimal(amount.trim());
    const code = currency.trim().toUpperCase();
    const amountMinor = "value" in reading ? toMinorUnits(reading.value, code) : null;
    if (amountMinor === null) return act.fail(`"${amount}" ${code} is not an amount of money, such as 120.50 EUR.`);
    const body = {
      amountMinor,
      currency: code,
      source: source.trim(),
      date,
      ...(note.trim() !== "" && { note: note.trim() }),
    };
    if ((await act.send("reportImpact", { path: { caseId }, body })) === null) return;
    setDone(true);
    announce("The report is kept.");
  }
  return (
    <details>
      <summary>Report harm</summary>
      {isDone ? (
        <p class="stored" role="status">
          ✓ The report is kept.
        </p>
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void report();
          }}
        >
          <label>
            What it cost
            <input
              inputMode="decimal"
              value={amount}
              onInput={(event) => setAmount(event.currentTarget.value)}
              required
            />
          </label>
          <label>
            Currency
            <input
              maxLength={3}
              value={currency}
              onInput={(event) => setCurrency(event.currentTarget.value)}
              required
            />
          </label>
          <label>
            Who found out, and how
            <input maxLength={200} value={source} onInput={(event) => setSource(event.currentTarget.value)} required />
          </label>
          <label>
            Day it happened
            <input type="date" value={date} onInput={(event) => setDate(event.currentTarget.value)} required />
          </label>
          <label>
            Note
            <input maxLength={1_000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
          </label>
          <button type="submit" disabled={act.isBusy}>
            Report it
          </button>
        </form>
      )}
      <Failure act={act} />
    </details>
  );
}
