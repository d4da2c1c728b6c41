/** A synthesized template, as the one machine reads it: every name, ARN and reference as AWS would have given it. */
export interface Template {
  readonly stackName: string;
  /** Resources whose condition holds, by logical id. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** In the order of the template. */
  ofType(type: string): readonly TemplateResource[];
  /** @throws {ResourceNotInTemplateError} when the template has no such resource. */
  resource(logicalId: string): TemplateResource;
  /** Outputs whose condition holds, resolved. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Resolves intrinsic functions anywhere in `value`. @throws {TemplateNotResolvableError} naming the logical id. */
  resolve(value: unknown): unknown;
  /** Where the asset published under this S3 key lies on disk: a file, or the directory of a zip. @throws {AssetNotFoundError} */
  assetPath(objectKey: string): string;
  /** Directory with the unpacked code of a Lambda function. @throws {AssetNotFoundError} for inline code and unknown keys. */
  functionCode(logicalId: string): string;
  /** States language of a state machine, placeholders filled in, parsed. */
  stateMachineDefinition(logicalId: string): unknown;
}

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** Intrinsic functions resolved, on first use: a resource nobody asks for may use what this machine does not know. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What `Ref` gives: a name for most types, an ARN or a URL for some. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. @throws {TemplateNotResolvableError} for an attribute this machine does not know. */
  attribute(name: string): string;
}

/** The template, or what it refers to, cannot be resolved on this machine. The message names the logical id. */
export class TemplateNotResolvableError extends Error {
  override readonly name = "TemplateNotResolvableError";
}

export class ResourceNotInTemplateError extends Error {
  override readonly name = "ResourceNotInTemplateError";

  constructor(logicalId: string, known: Iterable<string>) {
    super(`The template has no resource "${logicalId}". It has: ${[...known].join(", ")}.`);
  }
}

/** An asset named in the template is not in the cloud assembly: synthesize again. */
export class AssetNotFoundError extends Error {
  override readonly name = "AssetNotFoundError";
}

/** The directory is not a cloud assembly with exactly one stack. */
export class AssemblyNotReadableError extends Error {
  override readonly name = "AssemblyNotReadableError";
}
