import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readTemplate } from "../../../local/template/read-template.ts";
import type { Template } from "../../../local/template/template.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";

interface Written {
  readonly resources: Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Files of each asset, by the asset's name; its object key is `<name>.zip`. */
  readonly assets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A cloud assembly written by hand: what `cdk synth` would write, in milliseconds. @returns its directory */
function writeAssembly({ resources, outputs = {}, assets = {} }: Written): string {
  const directory = temporaryDirectory("assembly");
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  const stack = { type: "aws:cloudformation:stack", properties: { templateFile: "Signoff.template.json" } };
  const manifest = { type: "cdk:asset-manifest", properties: { file: "Signoff.assets.json" } };
  write("manifest.json", JSON.stringify({ artifacts: { Signoff: stack, "Signoff.assets": manifest } }));
  const Outputs = Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }]));
  write("Signoff.template.json", JSON.stringify({ Resources: resources, Outputs }));
  const files = Object.keys(assets).map((name) => [
    name,
    { source: { path: `asset.${name}` }, destinations: { here: { objectKey: `${name}.zip` } } },
  ]);
  write("Signoff.assets.json", JSON.stringify({ files: Object.fromEntries(files) }));
  for (const [name, contents] of Object.entries(assets)) {
    for (const [path, content] of Object.entries(contents)) write(join(`asset.${name}`, path), content);
  }
  return directory;
}

export const writtenTemplate = (written: Written): Template => readTemplate(writeAssembly(written));

/** A role that may do nothing, and a function that has it. */
export function aFunction(code: string, properties: Record<string, unknown> = {}) {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: { "Fn::GetAtt": ["Role", "Arn"] },
      Code: { S3Key: `${code}.zip` },
      ...properties,
    },
  };
}
export const aRole = { Type: "AWS::IAM::Role", Properties: {} };
