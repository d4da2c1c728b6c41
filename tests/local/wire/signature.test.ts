import { describe, expect, it } from "vitest";
import { operator } from "../../../local/iam/principals.ts";
import type { UnverifiedRequest } from "../../../local/wire/canonical-request.ts";
import { readPayload } from "../../../local/wire/payload.ts";
import { verifySignature } from "../../../local/wire/signature.ts";

/** Key, requests and signatures of the worked examples in the S3 API reference ("Authenticating requests"). */
const accessKeyId = "AKIAIOSFODNN7EXAMPLE";
const secretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const credentials = {
  keyOf: () => ({ accessKeyId, secretAccessKey }),
  lookUp: (id: string) => (id === accessKeyId ? { secretAccessKey, principal: operator } : undefined),
};
const now = new Date("2013-05-24T00:00:00Z");
const credential = `${accessKeyId}/20130524/us-east-1/s3/aws4_request`;

const presigned = (changes: Record<string, string> = {}): UnverifiedRequest => ({
  method: "GET",
  path: "/test.txt",
  rawQuery: new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": credential,
    "X-Amz-Date": "20130524T000000Z",
    "X-Amz-Expires": "86400",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    ...changes,
  }).toString(),
  headers: { host: "examplebucket.s3.amazonaws.com" },
  body: Buffer.alloc(0),
});

const firstChunk = "a".repeat(65_536);
const secondChunk = "a".repeat(1024);

const chunked = (
  seed: string,
  signatures: readonly string[],
  trailer: string,
  more: Record<string, string>,
): UnverifiedRequest => {
  const [first, second, last] = signatures;
  const headers = {
    host: "s3.amazonaws.com",
    "x-amz-date": "20130524T000000Z",
    "content-encoding": "aws-chunked",
    "x-amz-decoded-content-length": "66560",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    ...more,
  };
  const signedHeaders = Object.keys(headers).sort().join(";");
  return {
    method: "PUT",
    path: "/examplebucket/chunkObject.txt",
    rawQuery: "",
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signedHeaders},Signature=${seed}`,
    },
    body: Buffer.from(
      `10000;chunk-signature=${first}\r\n${firstChunk}\r\n400;chunk-signature=${second}\r\n${secondChunk}\r\n` +
        `0;chunk-signature=${last}\r\n${trailer}\r\n`,
    ),
  };
};

const streaming = () =>
  chunked(
    "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    [
      "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
      "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
      "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
    ],
    "",
    { "content-length": "66824", "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" },
  );

const trailing = () =>
  chunked(
    "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
    [
      "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
      "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
      "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
    ],
    "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n",
    { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "x-amz-trailer": "x-amz-checksum-crc32c" },
  );

const accepted = (request: UnverifiedRequest, at = now) =>
  readPayload(request, verifySignature(request, credentials, at));
const refusal = (request: UnverifiedRequest, at = now) => {
  try {
    accepted(request, at);
    return "accepted";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
};

describe("presigned URLs", () => {
  it("are accepted as AWS signs them", () => {
    expect(verifySignature(presigned(), credentials, now).principal).toBe(operator);
  });

  it.each([
    ["a day and a second later", 86_401_000, "AccessDenied"],
    ["in its last second", 86_400_000, "accepted"],
    ["an hour before it was signed", -3_600_000, "RequestTimeTooSkewed"],
  ])("judge their time: %s", (_, laterMilliseconds, outcome) => {
    expect(refusal(presigned(), new Date(now.getTime() + laterMilliseconds))).toBe(outcome);
  });

  it.each([
    ["another object", { ...presigned(), path: "/other.txt" }, "SignatureDoesNotMatch"],
    ["another method", { ...presigned(), method: "PUT" }, "SignatureDoesNotMatch"],
    ["a longer life", presigned({ "X-Amz-Expires": "604800" }), "SignatureDoesNotMatch"],
    ["more than a week", presigned({ "X-Amz-Expires": "604801" }), "IncompleteSignature"],
    ["a shortened signature", presigned({ "X-Amz-Signature": "aeee" }), "SignatureDoesNotMatch"],
    [
      "a stranger's key",
      presigned({ "X-Amz-Credential": credential.replace(accessKeyId, "AKIASTRANGER") }),
      "InvalidAccessKeyId",
    ],
    [
      "another region",
      presigned({ "X-Amz-Credential": credential.replace("us-east-1", "eu-west-1") }),
      "AuthorizationHeaderMalformed",
    ],
    [
      "a header that its signer did not sign",
      { ...presigned(), headers: { ...presigned().headers, "x-amz-meta-submitter": "somebody else" } },
      "AccessDenied",
    ],
    ["an unsigned host", presigned({ "X-Amz-SignedHeaders": "range" }), "IncompleteSignature"],
  ])("are refused for %s", (_, request, name) => {
    expect(refusal(request)).toBe(name);
  });
});

describe("chunked bodies", () => {
  it("are accepted as AWS signs them", () => {
    expect(accepted(streaming()).body.toString()).toBe(firstChunk + secondChunk);
  });

  it("are accepted with signed trailers", () => {
    const { body, trailers } = accepted(trailing());
    expect(body.length).toBe(66_560);
    expect(trailers).toEqual({ "x-amz-checksum-crc32c": "sOO8/Q==" });
  });

  const altered = (request: UnverifiedRequest, from: string, to: string) => ({
    ...request,
    body: Buffer.from(request.body.toString().replace(from, to)),
  });

  it.each([
    ["a byte of a chunk changed", altered(streaming(), "aaaa", "aaab"), "SignatureDoesNotMatch"],
    ["a trailer changed", altered(trailing(), "sOO8", "sOO9"), "SignatureDoesNotMatch"],
    [
      "a trailer that was not announced",
      altered(trailing(), "x-amz-trailer", "x-amz-meta-a:b\r\nx-amz-trailer"),
      "IncompleteBody",
    ],
    ["a length that is no number", altered(streaming(), "10000;", "zz;"), "IncompleteBody"],
    ["an end too early", { ...streaming(), body: streaming().body.subarray(0, 66_000) }, "IncompleteBody"],
  ])("are refused with %s", (_, request, name) => {
    expect(refusal(request)).toBe(name);
  });
});
