import { expect, it } from "vitest";
import { DefectNotPlantedError, patched } from "./plant.ts";

it("refuses a fragment that the source no longer holds, or holds twice: the proof would prove nothing", () => {
  const change = { file: "a.ts", fragment: "check();", instead: "" };
  expect(patched("before(); check(); after();", change)).toBe("before();  after();");
  expect(() => patched("before(); after();", change)).toThrow(DefectNotPlantedError);
  expect(() => patched("check(); check();", change)).toThrow(/holds the fragment 2 times/);
});
