import { describe, expect, it } from "vitest";
import { placeOf } from "../../../../page/src/document/evidence.ts";

describe("placeOf", () => {
  it("cuts a box to its page", () => {
    expect(placeOf({ left: 0.9, top: -1, width: 5, height: Number.NaN })).toEqual({
      left: "90.000%",
      top: "0.000%",
      width: "10.000%",
      height: "0.000%",
    });
  });
});
