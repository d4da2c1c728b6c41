import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { AssemblyNotReadableError } from "./template.ts";

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

const stackShape = z.object({ templateFile: z.string(), stackName: z.string().optional() });

const assetManifestShape = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const conditional = z.object({ Condition: z.string().optional() });

const templateShape = z.object({
  Resources: z
    .record(
      z.string(),
      conditional.extend({
        Type: z.string(),
        Properties: z.record(z.string(), z.unknown()).default({}),
        Metadata: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default({}),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Outputs: z.record(z.string(), conditional.extend({ Value: z.unknown() })).default({}),
});

type RawTemplate = z.infer<typeof templateShape>;

export interface Assembly {
  readonly stackName: string;
  readonly template: RawTemplate;
  /** Path on disk by the S3 key under which the asset would be published. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Reads `cdk synth`'s output. @throws {AssemblyNotReadableError} when it is missing, malformed, or has not exactly one stack. */
export function readAssembly(directory: string): Assembly {
  const { artifacts } = readJson(join(directory, "manifest.json"), manifestShape);
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === "aws:cloudformation:stack");
  const [stack] = stacks;
  if (!stack || stacks.length > 1) {
    throw new AssemblyNotReadableError(
      `${directory} holds ${stacks.length} stacks (${stacks.map(([id]) => id).join(", ")}); the one machine runs exactly one.`,
    );
  }
  const [artifactId, { properties }] = stack;
  const { templateFile, stackName } = checked(join(directory, "manifest.json"), stackShape, properties);
  return {
    stackName: stackName ?? artifactId,
    template: readJson(join(directory, templateFile), templateShape),
    assets: readAssets(directory, artifacts),
  };
}

function readAssets(directory: string, artifacts: z.infer<typeof manifestShape>["artifacts"]): Map<string, string> {
  const assets = new Map<string, string>();
  for (const { type, properties } of Object.values(artifacts)) {
    if (type !== "cdk:asset-manifest" || typeof properties?.file !== "string") continue;
    const { files } = readJson(join(directory, properties.file), assetManifestShape);
    for (const { source, destinations } of Object.values(files)) {
      if (source.path === undefined) continue; // built by a command at publishing time: nothing lies on disk
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, resolve(directory, source.path));
    }
  }
  return assets;
}

function readJson<Shape extends z.ZodType>(path: string, shape: Shape): z.infer<Shape> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new AssemblyNotReadableError(`${path} cannot be read as JSON. Run the build and synthesize again.`, {
      cause,
    });
  }
  return checked(path, shape, content);
}

function checked<Shape extends z.ZodType>(path: string, shape: Shape, content: unknown): z.infer<Shape> {
  const { success, data, error } = shape.safeParse(content);
  if (!success) throw new AssemblyNotReadableError(`${path} is not what cdk synth writes: ${z.prettifyError(error)}`);
  return data;
}
