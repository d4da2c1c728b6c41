import { readAssembly } from "./assembly.ts";
import { isRecord, refused, resolveIntrinsics, type Scope } from "./intrinsics.ts";
import { type Identity, resourceKinds } from "./resource-kinds.ts";
import { stateMachineDefinition } from "./state-machine-definition.ts";
import { AssetNotFoundError, ResourceNotInTemplateError, type Template, type TemplateResource } from "./template.ts";

/**
 * Reads the one stack of a cloud assembly (`cdk.out`).
 *
 * @param parameters - values for template parameters that have no default, or that should differ from it.
 * @throws {AssemblyNotReadableError} at once; {TemplateNotResolvableError} when something unresolvable is asked for.
 */
export function readTemplate(assemblyDirectory: string, parameters: Readonly<Record<string, string>> = {}): Template {
  const { stackName, template, assets } = readAssembly(assemblyDirectory);
  const resources = new Map<string, TemplateResource>();

  const existing = (logicalId: string, where: string): TemplateResource => {
    const resource = resources.get(logicalId);
    if (!resource)
      throw refused(where, `refers to "${logicalId}", which the template does not have or its condition excludes`);
    return resource;
  };

  const scope: Scope = {
    stackName,
    reference: (name, where) => {
      const parameter = template.Parameters[name];
      if (!parameter) return existing(name, where).ref;
      const value = parameters[name] ?? parameter.Default;
      if (value === undefined)
        throw refused(where, `refers to parameter "${name}", which has no default and was given no value`);
      if (parameter.Type.startsWith("AWS::SSM::")) {
        throw refused(where, `refers to parameter "${name}", which is read from SSM Parameter Store on AWS`);
      }
      return parameter.Type === "CommaDelimitedList" ? String(value).split(",") : value;
    },
    attribute: (logicalId, attribute, where) => existing(logicalId, where).attribute(attribute),
    condition: (name, where) => {
      if (!Object.hasOwn(template.Conditions, name)) throw refused(where, `refers to an unknown condition "${name}"`);
      return resolveIntrinsics(template.Conditions[name], scope, `Condition ${name}`) === true;
    },
    mapping: (map, first, second, where) => {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined)
        throw refused(where, `looks for ${map}.${first}.${second}, which the mappings do not have`);
      return value;
    },
  };

  for (const [logicalId, { Condition, ...raw }] of Object.entries(template.Resources)) {
    if (Condition !== undefined && !scope.condition(Condition, logicalId)) continue;
    resources.set(logicalId, templateResource(logicalId, raw, scope));
  }

  const resource = (logicalId: string) => {
    const found = resources.get(logicalId);
    if (!found) throw new ResourceNotInTemplateError(logicalId, resources.keys());
    return found;
  };
  const assetPath = (objectKey: string) => {
    const path = assets.get(objectKey);
    if (path === undefined)
      throw new AssetNotFoundError(`No asset "${objectKey}" in ${assemblyDirectory}. Synthesize again.`);
    return path;
  };

  return {
    stackName,
    resources,
    resource,
    ofType: (type) => [...resources.values()].filter((candidate) => candidate.type === type),
    resolve: (value) => resolveIntrinsics(value, scope, "The value"),
    get outputs() {
      const present = Object.entries(template.Outputs).filter(
        ([name, { Condition }]) => Condition === undefined || scope.condition(Condition, `Output ${name}`),
      );
      return Object.fromEntries(
        present.map(([name, { Value }]) => [name, resolveIntrinsics(Value, scope, `Output ${name}`)]),
      );
    },
    assetPath,
    functionCode: (logicalId) => {
      const { Code } = resource(logicalId).properties;
      if (isRecord(Code) && typeof Code.S3Key === "string") return assetPath(Code.S3Key);
      throw new AssetNotFoundError(
        `${logicalId} has no code asset (Code.S3Key): the one machine runs bundles, not inline code.`,
      );
    },
    stateMachineDefinition: (logicalId) => stateMachineDefinition(resource(logicalId), assetPath),
  };
}

function templateResource(
  logicalId: string,
  raw: { Type: string; Properties: Record<string, unknown>; Metadata: Record<string, unknown> },
  scope: Scope,
): TemplateResource {
  const resolving = new Set<string>();
  const property = (name: string): string | undefined => {
    if (resolving.has(name)) throw refused(logicalId, `refers to itself through its property ${name}`);
    resolving.add(name);
    const value = resolveIntrinsics(raw.Properties[name], scope, logicalId);
    resolving.delete(name);
    return typeof value === "string" ? value : undefined;
  };
  const identity = once((): Identity => {
    const kind = resourceKinds[raw.Type];
    if (!kind) throw refused(logicalId, `is a ${raw.Type}, a type this machine cannot name`);
    return kind({ stackName: scope.stackName, logicalId, property });
  });
  const properties = once((): Readonly<Record<string, unknown>> => {
    const resolved = resolveIntrinsics(raw.Properties, scope, logicalId);
    return isRecord(resolved) ? resolved : {};
  });
  return {
    logicalId,
    type: raw.Type,
    metadata: raw.Metadata,
    get properties() {
      return properties();
    },
    get ref() {
      return identity().ref;
    },
    attribute: (name) => {
      const value = identity().attributes[name];
      if (value === undefined)
        throw refused(logicalId, `(${raw.Type}) has no attribute "${name}" that this machine knows`);
      return value;
    },
  };
}

function once<Value>(compute: () => Value): () => Value {
  let known: { value: Value } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
