import { AwsError } from "./aws-error.ts";
import type { AwsResponse } from "./service.ts";

/** DynamoDB's clients know its exceptions by these prefixes; the others take the bare name. */
const dynamodbPrefix = (name: string) =>
  name === "ValidationException" ? "com.amazon.coral.validate#" : "com.amazonaws.dynamodb.v20120810#";

/** An error in the form in which the service's clients expect it: XML for S3, JSON for all others. */
export function errorResponse(error: unknown, service: string, requestId: string, path: string): AwsResponse {
  const { name, message, status, members } = error instanceof AwsError ? error : internalFailure(requestId);
  if (service === "s3") {
    const content = { Code: name, Message: message, ...members, Resource: path, RequestId: requestId };
    const elements = Object.entries(content).map(([tag, value]) => `<${tag}>${escapeXml(String(value))}</${tag}>`);
    return {
      status,
      headers: { "content-type": "application/xml" },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements.join("")}</Error>`,
    };
  }
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": name },
    body: JSON.stringify({
      __type: `${service === "dynamodb" ? dynamodbPrefix(name) : ""}${name}`,
      message,
      ...members,
    }),
  };
}

/** What went wrong stands in the log of the stack, not in the answer: it may name what the caller must not see. */
const internalFailure = (requestId: string) =>
  new AwsError("InternalFailure", `The one-machine stack failed on request ${requestId}; its log says how.`, 500);

/** Text for an XML element. Control characters that XML 1.0 cannot hold are dropped. */
export function escapeXml(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
  };
  return text
    .replaceAll(/[&<>"\r]/g, (sign) => signs[sign] ?? sign)
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ud800-\udfff\ue000-\ufffd]/g, "");
}
