import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { temporaryDirectory } from "./temporary-directory.ts";

/** Synthesizes a small app into a new directory, with bundled code and a state machine for it to refer to. */
export function synthesize(build: (stack: Stack, files: { code: string; definition: string }) => void): string {
  const directory = temporaryDirectory("assembly");
  const code = temporaryDirectory("code");
  writeFileSync(join(code, "index.js"), "exports.handler = async () => 'done';");
  const definition = join(code, "machine.asl.json");
  writeFileSync(
    definition,
    JSON.stringify({
      QueryLanguage: "JSONata",
      StartAt: "Open",
      States: { Open: { Type: "Task", Resource: `\${openCaseArn}`, TimeoutSeconds: 60, End: true } },
    }),
  );
  const app = new App({
    outdir: directory,
    analyticsReporting: false,
    context: { "aws:cdk:disable-asset-staging": false },
  });
  build(new Stack(app, "Signoff"), { code, definition });
  app.synth();
  return directory;
}
