import type { Bench } from "../case/bench.ts";
import type { Verdict } from "./answer.ts";

/** Gives a verdict; where a value keeps it from being sent, the focus goes to the first such value. */
export function giveVerdict(bench: Bench, verdict: Verdict): void {
  const answer = bench.decide(verdict);
  if (answer?.kind !== "faulty") return;
  const at = answer.faults[0]?.at;
  const inputs = [...document.querySelectorAll<HTMLInputElement>("[data-value]")];
  inputs.find((input) => input.dataset.value === at)?.focus();
}
