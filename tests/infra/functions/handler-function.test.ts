import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { HandlerFunction } from "../../../infra/functions/handler-function.ts";
import { FunctionNotBundledError, VariableNotDeclaredError } from "../../../infra/functions/handler-function-errors.ts";
import { standInBuild } from "../stand-in-build.ts";

const directory = mkdtempSync(join(tmpdir(), "signoff-handler-function-"));
const bundles = join(standInBuild(directory), "functions");

function aFunction(bundledIn = bundles) {
  const app = new App({ outdir: mkdtempSync(join(directory, "assembly-")) });
  const stack = new Stack(app, "Stack");
  return { app, fn: new HandlerFunction(stack, "GetMe", { name: "get-me", bundles: bundledIn, logRetentionDays: 30 }) };
}

describe("HandlerFunction", () => {
  it("refuses a variable that the function does not declare", () => {
    const { fn } = aFunction();
    expect(() => fn.supply("CASE_TABLE", "cases")).toThrow(VariableNotDeclaredError);
    expect(() => fn.supply("CASE_TABLE", "cases")).toThrow(/get-me, which declares only PEOPLE_TABLE/);
  });

  it("fails synthesis while a declared variable is not supplied", () => {
    const { app, fn } = aFunction();
    expect(() => app.synth()).toThrow(/get-me declares PEOPLE_TABLE, but no grant supplies it/);
    fn.supply("PEOPLE_TABLE", "people");
    expect(() => app.synth({ force: true })).not.toThrow();
  });

  it("fails with a remedy when nothing was bundled for it", () => {
    expect(() => aFunction(join(directory, "nowhere"))).toThrow(FunctionNotBundledError);
    expect(() => aFunction(join(directory, "nowhere"))).toThrow(/npm run build/);
  });
});
