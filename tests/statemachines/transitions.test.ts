import { expect, it } from "vitest";
import { machines, type State } from "./definitions.ts";

/** AWS bills a start, and each state that is entered. */
const start = 1;

/** States entered from `from` to an end, by the ways that `goesOn` picks out of each state's possible next ones. */
function entered(machine: string, from: string, goesOn: (name: string, state: State) => string | undefined): string[] {
  const state = machines.get(machine)?.States[from];
  if (!state) throw new Error(`${machine} has no state ${from}.`);
  const next = goesOn(from, state);
  return next === undefined ? [from] : [from, ...entered(machine, next, goesOn)];
}

const undisturbed = (choices: Readonly<Record<string, string>>) => (name: string, state: State) =>
  choices[name] ?? state.Next;

it("bills at most twelve transitions for a case that software decides, its first pass included", () => {
  const ofCase = entered("case", "Enter", undisturbed({ Enter: "Automate", NeedsReview: "Deliver" }));
  const ofFirstPass = entered("automate-invoice", "ReadDocument", undisturbed({ NeedsDetection: "Propose" }));
  expect(ofCase).toEqual(["Enter", "Automate", "Gate", "NeedsReview", "Deliver"]);
  expect(ofFirstPass).toEqual(["ReadDocument", "NeedsDetection", "Propose"]);
  expect(start + ofCase.length + start + ofFirstPass.length).toBeLessThanOrEqual(12);
});

it("takes for those choices only what the machine offers", () => {
  const offered = (machine: string, name: string) => {
    const state = machines.get(machine)?.States[name];
    return [state?.Default, ...(state?.Choices ?? []).map(({ Next }) => Next)];
  };
  expect(offered("case", "Enter")).toContain("Automate");
  expect(offered("case", "NeedsReview")).toContain("Deliver");
  expect(offered("automate-invoice", "NeedsDetection")).toContain("Propose");
});
