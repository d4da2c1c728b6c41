import { describe, expect, it } from "vitest";
import { operator } from "../../../local/iam/principals.ts";
import { classifyS3, observed } from "../../../local/stack/metering.ts";

describe("an S3 request", () => {
  it.each([
    ["PUT", "/bucket/key?x-id=PutObject", "put"],
    ["POST", "/bucket/key?uploadId=1", "put"],
    ["POST", "/bucket?delete", "free"],
    ["DELETE", "/bucket/key", "free"],
    ["GET", "/bucket?list-type=2", "list"],
    ["GET", "/bucket/?list-type=2", "list"],
    ["GET", "/bucket/a/b", "get"],
    ["HEAD", "/bucket/a", "get"],
  ])("%s %s is priced as %s", (method, address, kind) => {
    const { pathname, searchParams } = new URL(address, "http://s3");
    expect(classifyS3({ method, path: pathname, query: searchParams })).toBe(kind);
  });
});

describe("an observed service", () => {
  const request = {
    method: "GET",
    path: "/",
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    principal: operator,
  };

  it("tells of what succeeded, and of nothing else", async () => {
    const seen: number[] = [];
    for (const status of [200, 304, 404, 500]) {
      const service = observed({ name: "s3", handle: async () => ({ status }) }, () => seen.push(status));
      expect(await service.handle(request)).toEqual({ status });
    }
    expect(seen).toEqual([200, 304]);
  });
});
