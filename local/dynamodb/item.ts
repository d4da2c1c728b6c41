/** An attribute value in DynamoDB's JSON: one member, named for its type. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Readonly<Record<string, AttributeValue>>;
}

/** Never changed once stored: every write replaces it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Largest item, in bytes, names included. @see DynamoDB quotas */
export const maxItemBytes = 400 * 1024;

/**
 * Bytes that AWS counts for an item. Ours rather than dynalite's, which counts UTF-16 units where AWS counts UTF-8 bytes.
 *
 * @see DynamoDB developer guide, "Item sizes and formats"
 */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return Buffer.byteLength(value.B, "base64");
  if (value.SS) return sum(value.SS, (text) => Buffer.byteLength(text));
  if (value.NS) return sum(value.NS, numberBytes);
  if (value.BS) return sum(value.BS, (binary) => Buffer.byteLength(binary, "base64"));
  if (value.L) return 3 + sum(value.L, (element) => 1 + valueBytes(element));
  if (value.M) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1; // BOOL and NULL
}

/** One byte for each two significant digits, and one more. */
function numberBytes(number: string): number {
  const digits = number.replace(/^-/, "").replace(".", "").replace(/^0+/, "").replace(/0+$/, "");
  return Math.ceil(digits.length / 2) + 1;
}

function sum<Element>(elements: readonly Element[], bytes: (element: Element) => number): number {
  let total = 0;
  for (const element of elements) total += bytes(element);
  return total;
}
