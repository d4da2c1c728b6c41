/** A policy as a person edits it, or what is wrong with its JSON and in which line. */
export type PolicyReading = { readonly policy: unknown } | { readonly problem: string };

export const policyText = (policy: unknown): string => JSON.stringify(policy, null, 2);

export function readPolicyText(text: string): PolicyReading {
  try {
    return { policy: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
    return { problem: `This is not JSON${line === null ? "" : `, in line ${line}`}: ${message}` };
  }
}

/**
 * Where the value of a JSON pointer (RFC 6901) begins in a text that `policyText` wrote or that a person indented alike; the closest
 * ancestor that is there, null when not even the first part is.
 */
export function lineOfPointer(text: string, pointer: string): number | null {
  const reading = readPolicyText(text);
  if ("problem" in reading) return null;
  const parts = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
  const marker = "\u0000here";
  for (let length = parts.length; length > 0; length--) {
    const marked = mark(reading.policy, parts.slice(0, length), marker);
    if (marked === null) continue;
    const at = policyText(marked).indexOf(JSON.stringify(marker));
    if (at !== -1) return policyText(marked).slice(0, at).split("\n").length;
  }
  return null;
}

/** A copy with the value at this place replaced; null when there is no such place. */
function mark(value: unknown, [part, ...rest]: readonly string[], marker: string): unknown {
  if (part === undefined) return marker;
  if (Array.isArray(value)) {
    const at = Number(part);
    if (!Number.isInteger(at) || at < 0 || at >= value.length) return null;
    const inner = mark(value[at], rest, marker);
    return inner === null ? null : value.map((item: unknown, place) => (place === at ? inner : item));
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return null;
  const inner = mark(Reflect.get(value, part), rest, marker);
  return inner === null ? null : { ...value, [part]: inner };
}
