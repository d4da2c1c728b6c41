type Value = string | number | boolean;

/** A statement about one fact. */
export type Literal = { readonly fact: string } & (
  | { readonly operator: "in" | "not in"; readonly values: readonly (Value | undefined)[] }
  | { readonly operator: "<" | "<=" | ">" | ">="; readonly value: number }
);

/** Can no facts make all of these true? A fact of its own has any value: what one fact says about another is not used. */
export function isContradictory(literals: readonly Literal[]): boolean {
  const facts = new Map<string, Literal[]>();
  for (const one of literals) facts.set(one.fact, [...(facts.get(one.fact) ?? []), one]);
  return [...facts.values()].some(leaveNothing);
}

/** Have all statements about one fact no value in common? */
function leaveNothing(literals: readonly Literal[]): boolean {
  const admitted = literals.find(({ operator }) => operator === "in");
  if (admitted?.operator === "in") return !admitted.values.some((value) => literals.every((one) => admits(one, value)));
  if (isBothWays(literals)) return true;
  return isEmptyInterval(literals);
}

function admits(literal: Literal, value: Value | undefined): boolean {
  if (literal.operator === "in") return literal.values.includes(value);
  if (literal.operator === "not in") return !literal.values.includes(value);
  if (typeof value !== "number") return true;
  switch (literal.operator) {
    case "<":
      return value < literal.value;
    case "<=":
      return value <= literal.value;
    case ">":
      return value > literal.value;
    case ">=":
      return value >= literal.value;
  }
}

/** Neither true nor false. */
const isBothWays = (literals: readonly Literal[]): boolean =>
  [true, false].every((value) => literals.some((one) => one.operator === "not in" && one.values.includes(value)));

function isEmptyInterval(literals: readonly Literal[]): boolean {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [lowOpen, highOpen] = [false, false];
  for (const one of literals) {
    if (one.operator === ">" || one.operator === ">=") {
      const open = one.operator === ">";
      if (one.value > low || (one.value === low && open)) [low, lowOpen] = [one.value, open];
    } else if (one.operator === "<" || one.operator === "<=") {
      const open = one.operator === "<";
      if (one.value < high || (one.value === high && open)) [high, highOpen] = [one.value, open];
    }
  }
  if (low > high) return true;
  if (low < high) return false;
  // One number is left, if any: an end that stands open takes it away, and so does a statement that it is not that.
  return lowOpen || highOpen || literals.some((one) => one.operator === "not in" && one.values.includes(low));
}
