import { XMLParser, XMLValidator } from "fast-xml-parser";
import type * as z from "zod";
import { AwsError } from "../wire/aws-error.ts";
import { escapeXml } from "../wire/error-response.ts";

/** A document in S3's namespace. A list becomes one element for each entry, undefined becomes none. */
export function xml(root: string, content: Readonly<Record<string, unknown>>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements(content)}</${root}>`;
}

function elements(content: Readonly<Record<string, unknown>>): string {
  return Object.entries(content)
    .flatMap(([name, value]) => [value].flat().map((entry) => [name, entry] as const))
    .map(([name, value]) => {
      if (value === undefined) return "";
      const inner = typeof value === "object" && value !== null ? elements({ ...value }) : escapeXml(String(value));
      return `<${name}>${inner}</${name}>`;
    })
    .join("");
}

/** Parses a request's document; `lists` names the elements that may come more than once. @throws {AwsError} MalformedXML */
export function parseXml<Shape extends z.ZodType>(
  body: Buffer,
  shape: Shape,
  lists: readonly string[],
): z.infer<Shape> {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false, // a key may begin or end with a space
    htmlEntities: true, // the SDK writes line ends in keys as numeric entities
    isArray: (name) => lists.includes(name),
  });
  const text = body.toString("utf8");
  if (XMLValidator.validate(text) === true) {
    const { success, data } = shape.safeParse(parser.parse(text));
    if (success) return data;
  }
  throw new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
