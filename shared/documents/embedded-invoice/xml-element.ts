import { XMLParser, XMLValidator } from "fast-xml-parser";
import { XmlHasEntitiesError, XmlTooLargeError, XmlUnreadableError } from "./xml-errors.ts";

const attributePrefix = "@_";
const textKey = "#text";
/** EN 16931 messages are some 12 levels deep. */
const maxDepth = 64;

/** An element of a parsed document, read by local names: prefixes differ from writer to writer. */
export class XmlElement {
  private readonly node: unknown;

  constructor(node: unknown) {
    this.node = node;
  }

  /** All children of these names (alternatives of several standards' versions), in document order within a name. */
  all(...names: readonly string[]): XmlElement[] {
    return names.flatMap((name) => {
      const found = this.member(name);
      if (found === undefined) return [];
      return Array.isArray(found) ? found.map((item) => new XmlElement(item)) : [new XmlElement(found)];
    });
  }

  /** The first child along a path; each step may name alternatives. An element without content when there is none. */
  at(...path: readonly (string | readonly string[])[]): XmlElement {
    return path.reduce<XmlElement>((element, step) => {
      const names = typeof step === "string" ? [step] : step;
      return element.all(...names)[0] ?? new XmlElement(undefined);
    }, this);
  }

  get text(): string | null {
    const raw = typeof this.node === "object" ? this.member(textKey) : this.node;
    if (typeof raw !== "string") return null;
    const trimmed = decodeReferences(raw).trim();
    return trimmed === "" ? null : trimmed;
  }

  attribute(name: string): string | null {
    const value = this.member(attributePrefix + name);
    return typeof value === "string" ? value : null;
  }

  private member(name: string): unknown {
    if (typeof this.node !== "object" || this.node === null) return undefined;
    return Object.hasOwn(this.node, name) ? Reflect.get(this.node, name) : undefined;
  }
}

const predefined: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The five references that XML predefines, and character numbers. Any other would need a DTD, and those are refused. */
function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return predefined[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}

/**
 * Parses an XML document without ever resolving anything.
 *
 * @throws {XmlTooLargeError} @throws {XmlHasEntitiesError} @throws {XmlUnreadableError}
 */
export function parseXml(bytes: Uint8Array, maxBytes: number): XmlElement {
  if (bytes.length > maxBytes)
    throw new XmlTooLargeError(`The XML has ${bytes.length} bytes, the limit is ${maxBytes}.`);
  const text = decoded(bytes);
  if (/<!\s*(?:DOCTYPE|ENTITY)/i.test(text))
    throw new XmlHasEntitiesError(
      "The XML declares a document type or entities. An e-invoice has none: ask the sender for a clean one.",
    );
  checkDepth(text);
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw new XmlUnreadableError(`The XML is not well-formed: ${valid.err.msg} (line ${valid.err.line}).`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: attributePrefix,
    textNodeName: textKey,
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    ignoreDeclaration: true,
  });
  return new XmlElement(parser.parse(text));
}

/** By byte order mark, else by the declaration; UTF-8 otherwise. Decoding comes first, so that no encoding hides a DTD. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString("latin1"),
  )?.[1];
  const encoding =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : (declared ?? "utf-8");
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new XmlUnreadableError(`The XML claims the encoding ${encoding}, which is not known.`);
  }
}

function checkDepth(text: string): void {
  let depth = 0;
  for (const [tag] of text.matchAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/?[A-Za-z_][^>]*>/g)) {
    if (tag.startsWith("<!") || tag.endsWith("/>")) continue;
    depth += tag.startsWith("</") ? -1 : 1;
    if (depth > maxDepth) throw new XmlTooLargeError(`The XML is nested deeper than ${maxDepth} levels.`);
  }
}
