import * as z from "zod";
import type { PageResponse } from "../stack/loopback.ts";

const shape = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(""),
  isBase64Encoded: z.boolean().default(false),
});

/** The HTTP response that a function's answer stands for; undefined when the answer is malformed, which API Gateway turns into 500. */
export function proxyResponse(answer: unknown): PageResponse | undefined {
  const inferred = typeof answer !== "object" || answer === null || !("statusCode" in answer);
  if (inferred) {
    const body = typeof answer === "string" ? answer : JSON.stringify(answer);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { success, data } = shape.safeParse(answer);
  if (!success) return undefined;
  const headers = Object.entries(data.headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: data.statusCode,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      ...Object.fromEntries(headers),
      ...(data.cookies.length === 0 ? {} : { "set-cookie": data.cookies }),
    },
    body: Buffer.from(data.body, data.isBase64Encoded ? "base64" : "utf8"),
  };
}
