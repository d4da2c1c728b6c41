import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64Of, mediaTypeOf } from "../../../../page/src/decision/base64.ts";

describe("base64Of", () => {
  it("is what Node makes of the same bytes, across the length of a chunk", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(base64Of(new Uint8Array(bytes).buffer)).toBe(Buffer.from(bytes).toString("base64"));
      }),
    );
    const long = Buffer.alloc(0x8000 * 2 + 1, 7);
    expect(base64Of(new Uint8Array(long).buffer)).toBe(long.toString("base64"));
  });
});

describe("mediaTypeOf", () => {
  it.each([
    ["application/pdf", "application/pdf"],
    ["", "application/octet-stream"],
    ["text/plain; charset=utf-8", "application/octet-stream"],
  ])("takes %j as %s", (type, media) => {
    expect(mediaTypeOf(type)).toBe(media);
  });
});
