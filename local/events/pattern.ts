/** Whether a value of the event satisfies one part of a pattern. `undefined` means that the field is absent. */
type Test = (value: unknown) => boolean;

/** A rule's pattern uses what this machine cannot judge; matching or not would both be a guess. */
export class PatternNotImitatedError extends Error {
  override readonly name = "PatternNotImitatedError";
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Compiles an event pattern: objects mirror the event, arrays list what a field may be.
 *
 * @throws {PatternNotImitatedError} for operators it does not know.
 * @see EventBridge user guide, "Comparison operators for use in event patterns"
 */
export function compilePattern(pattern: unknown, where: string): Test {
  if (!isObject(pattern)) throw refused(where, "is not an object");
  const tests = Object.entries(pattern).map(([field, expected]): Test => {
    const path = `${where}.${field}`;
    if (field === "$or") return compileAlternatives(expected, path);
    const test = Array.isArray(expected) ? compileLeaf(expected, path) : compilePattern(expected, path);
    return (value) => eachObject(value, (object) => test(object[field]));
  });
  return (value) => tests.every((test) => test(value));
}

/** A field inside an array of objects matches when any of them does; inside nothing, the field is absent. */
function eachObject(value: unknown, test: (object: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (Array.isArray(value)) return value.some((entry) => isObject(entry) && test(entry));
  return test(isObject(value) ? value : {});
}

function compileAlternatives(alternatives: unknown, path: string): Test {
  if (!Array.isArray(alternatives) || alternatives.length === 0) throw refused(path, "is not a list of patterns");
  const tests = alternatives.map((alternative, index) => compilePattern(alternative, `${path}[${index}]`));
  return (value) => tests.some((test) => test(value));
}

function compileLeaf(alternatives: readonly unknown[], path: string): Test {
  if (alternatives.length === 0) throw refused(path, "is an empty list, which matches nothing");
  const tests = alternatives.map((alternative) => compileMatcher(alternative, path));
  return (value) => tests.some((test) => test(value));
}

/** One entry of a list: a plain value, or an object with one operator. */
function compileMatcher(matcher: unknown, path: string): Test {
  if (!isObject(matcher)) return anyElement((value) => value === matcher);
  const [[name, argument] = ["", undefined], ...more] = Object.entries(matcher);
  const operator = operators[name];
  if (!operator || more.length > 0) {
    throw refused(
      path,
      `uses ${JSON.stringify(matcher)}; known operators are ${Object.keys(operators).join(", ")} and $or`,
    );
  }
  return operator(argument, path);
}

/** A list in the event matches when one of its elements does. */
const anyElement =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) ? value.some(test) : test(value);

const onText = (test: (text: string) => boolean): Test =>
  anyElement((value) => typeof value === "string" && test(value));

type Operator = (argument: unknown, path: string) => Test;

const affix =
  (matches: (text: string, affix: string) => boolean): Operator =>
  (argument, path) => {
    if (typeof argument === "string") return onText((text) => matches(text, argument));
    if (isObject(argument) && typeof argument["equals-ignore-case"] === "string") {
      const lower = argument["equals-ignore-case"].toLowerCase();
      return onText((text) => matches(text.toLowerCase(), lower));
    }
    throw refused(path, `compares with ${JSON.stringify(argument)}, which is not text`);
  };

const text = (argument: unknown, path: string): string => {
  if (typeof argument === "string") return argument;
  throw refused(path, `compares with ${JSON.stringify(argument)}, which is not text`);
};

const operators: Readonly<Record<string, Operator>> = {
  prefix: affix((value, prefix) => value.startsWith(prefix)),
  suffix: affix((value, suffix) => value.endsWith(suffix)),
  "equals-ignore-case": (argument, path) => {
    const lower = text(argument, path).toLowerCase();
    return onText((value) => value.toLowerCase() === lower);
  },
  wildcard: (argument, path) => {
    const parts = text(argument, path)
      .split("*")
      .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
    const expression = new RegExp(`^${parts.join(".*")}$`, "su");
    return onText((value) => expression.test(value));
  },
  exists: (argument, path) => {
    if (typeof argument !== "boolean") throw refused(path, "uses exists with something other than true or false");
    return (value) => (value !== undefined) === argument;
  },
  "anything-but": (argument, path) => {
    const excluded = (Array.isArray(argument) ? argument : [argument]).map((entry) => compileMatcher(entry, path));
    return (value) => value !== undefined && anyElement((entry) => !excluded.some((test) => test(entry)))(value);
  },
  numeric: (argument, path) => {
    if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 === 1) {
      throw refused(path, `uses numeric with ${JSON.stringify(argument)} instead of pairs of comparison and number`);
    }
    const tests: ((value: number) => boolean)[] = [];
    for (let index = 0; index < argument.length; index += 2) {
      const compare = comparisons[String(argument[index])];
      const limit: unknown = argument[index + 1];
      if (!compare || typeof limit !== "number") throw refused(path, `uses numeric with ${JSON.stringify(argument)}`);
      tests.push((value) => compare(value, limit));
    }
    return anyElement((value) => typeof value === "number" && tests.every((test) => test(value)));
  },
};

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  "=": (value, limit) => value === limit,
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
};

const refused = (where: string, problem: string) =>
  new PatternNotImitatedError(`The event pattern at ${where} ${problem}.`);
