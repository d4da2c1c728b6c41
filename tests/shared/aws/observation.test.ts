import { expect, it } from "vitest";
import { framesOf } from "../../../shared/aws/observation.ts";

it("says where an error came from, and nothing of its message, also where that looks like a frame", () => {
  const error = new Error("Cannot read\n    at Dear Ms Miller, your account $& is");
  const frames = framesOf(error);
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.join("\n")).toContain("observation.test.ts");
  expect(frames.join("\n")).not.toContain("Miller");
});

it("has nothing to say of what is no error", () => {
  expect(framesOf("Dear Ms Miller")).toEqual([]);
});
