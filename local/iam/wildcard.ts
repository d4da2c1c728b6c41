/** Whether a value matches; compiled once per pattern, since the same few patterns judge every request. */
export type Matcher = (value: string) => boolean;

const compiled = new Map<string, Matcher>();

/** `*` matches any run of characters, `?` exactly one. Case counts: lower both sides where it should not. */
export function wildcard(pattern: string): Matcher {
  let matcher = compiled.get(pattern);
  if (!matcher) {
    matcher = compile(pattern);
    compiled.set(pattern, matcher);
  }
  return matcher;
}

function compile(pattern: string): Matcher {
  if (!/[*?]/.test(pattern)) return (value) => value === pattern;
  const expression = pattern
    .replaceAll(/\*+/g, "*")
    .replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const regularExpression = new RegExp(`^${expression}$`, "su");
  return (value) => regularExpression.test(value);
}

/**
 * An ARN against a pattern, part by part: a wildcard never reaches across the five colons that divide an ARN.
 *
 * @see IAM user guide, "Wildcards in resource ARNs"
 */
export function arnWildcard(pattern: string): Matcher {
  if (pattern === "*") return () => true;
  const key = `arn\n${pattern}`;
  let matcher = compiled.get(key);
  if (!matcher) {
    const patterns = arnParts(pattern).map(wildcard);
    matcher = (value) => {
      const parts = arnParts(value);
      return parts.length === patterns.length && patterns.every((part, index) => part(parts[index] ?? ""));
    };
    compiled.set(key, matcher);
  }
  return matcher;
}

/** `arn:partition:service:region:account:resource`; colons after the fifth belong to the resource. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
}
