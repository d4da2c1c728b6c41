import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTemplate } from "../../../local/template/read-template.ts";
import type { Template } from "../../../local/template/template.ts";

/** A template written down as CloudFormation, for tests that need a few resources and no synthesis. */
export function templateWith(
  resources: Readonly<Record<string, { Type: string; Properties: Record<string, unknown> }>>,
): Template {
  const directory = mkdtempSync(join(tmpdir(), "signoff-template-"));
  const stack = { type: "aws:cloudformation:stack", properties: { templateFile: "Signoff.template.json" } };
  writeFileSync(join(directory, "manifest.json"), JSON.stringify({ artifacts: { Signoff: stack } }));
  writeFileSync(join(directory, "Signoff.template.json"), JSON.stringify({ Resources: resources }));
  const template = readTemplate(directory);
  rmSync(directory, { recursive: true }); // has no assets: all of it is read
  return template;
}
