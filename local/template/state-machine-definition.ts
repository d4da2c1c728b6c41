import { readFileSync } from "node:fs";
import { isRecord, refused } from "./intrinsics.ts";
import type { TemplateResource } from "./template.ts";

/**
 * States language of a state machine, from whichever of the three properties holds it, with `${placeholders}` filled in.
 *
 * @throws {TemplateNotResolvableError} when a placeholder has no substitution or the text is not JSON.
 */
export function stateMachineDefinition(machine: TemplateResource, assetPath: (objectKey: string) => string): unknown {
  const { Definition, DefinitionString, DefinitionS3Location, DefinitionSubstitutions } = machine.properties;
  if (Definition !== undefined)
    return parse(substitute(JSON.stringify(Definition), DefinitionSubstitutions, machine), machine);
  if (typeof DefinitionString === "string")
    return parse(substitute(DefinitionString, DefinitionSubstitutions, machine), machine);
  if (isRecord(DefinitionS3Location) && typeof DefinitionS3Location.Key === "string") {
    const asl = readFileSync(assetPath(DefinitionS3Location.Key), "utf8");
    return parse(substitute(asl, DefinitionSubstitutions, machine), machine);
  }
  throw refused(machine.logicalId, "has none of Definition, DefinitionString, DefinitionS3Location");
}

function substitute(asl: string, substitutions: unknown, { logicalId }: TemplateResource): string {
  const values = isRecord(substitutions) ? substitutions : {};
  return asl.replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (placeholder, name: string) => {
    if (!Object.hasOwn(values, name)) throw refused(logicalId, `has no substitution for ${placeholder}`);
    return String(values[name]);
  });
}

function parse(asl: string, { logicalId }: TemplateResource): unknown {
  try {
    return JSON.parse(asl);
  } catch (cause) {
    throw refused(logicalId, `has a definition that is not JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
}
