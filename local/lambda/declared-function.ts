import * as z from "zod";
import type { Template, TemplateResource } from "../template/template.ts";

/** A Lambda as the template declares it. */
export interface DeclaredFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `index.handler`: file without suffix, then the export. */
  readonly handler: string;
  readonly runtime: string;
  readonly codeDirectory: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  /** Where an asynchronous event goes that could not be handled: the function's dead-letter queue. */
  readonly deadLetterArn?: string;
  readonly logFormat: string;
  readonly logLevel: string;
  /** What it calls itself in its logs; names its log file. The physical name where it does not say. */
  readonly serviceName: string;
  /** Reserved concurrency; none by default. */
  readonly reservedConcurrency?: number;
}

/** The template declares a function in a way that this machine cannot run. */
export class FunctionNotRunnableError extends Error {
  override readonly name = "FunctionNotRunnableError";
}

const shape = z.object({
  Handler: z.string(),
  Runtime: z.string(),
  Role: z.string(),
  MemorySize: z.number().default(128),
  Timeout: z.number().default(3),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
  LoggingConfig: z
    .object({ LogFormat: z.string().default("Text"), ApplicationLogLevel: z.string().default("INFO") })
    .optional(),
  ReservedConcurrentExecutions: z.number().optional(),
  Layers: z.array(z.string()).max(0, "layers are not imitated: bundle what the function needs").optional(),
  PackageType: z.literal("Zip", "container images are not imitated: ship a bundle").optional(),
});

/** CDK's own helper functions (bucket deployment, auto-delete): the stack does their work itself. */
const isCustomResourceHelper = ({ properties }: TemplateResource): boolean =>
  typeof properties.Runtime === "string" && !properties.Runtime.startsWith("nodejs");

/** Every Node function of the template. @throws {FunctionNotRunnableError} for layers, images and malformed declarations. */
export function declaredFunctions(template: Template): readonly DeclaredFunction[] {
  return template
    .ofType("AWS::Lambda::Function")
    .filter((resource) => !isCustomResourceHelper(resource))
    .map((resource) => {
      const { success, data, error } = shape.safeParse(resource.properties);
      if (!success) throw new FunctionNotRunnableError(`${resource.logicalId}: ${z.prettifyError(error)}`);
      return {
        logicalId: resource.logicalId,
        name: resource.ref,
        arn: resource.attribute("Arn"),
        handler: data.Handler,
        runtime: data.Runtime,
        codeDirectory: template.functionCode(resource.logicalId),
        memoryMegabytes: data.MemorySize,
        timeoutSeconds: data.Timeout,
        environment: data.Environment?.Variables ?? {},
        roleArn: data.Role,
        ...(data.DeadLetterConfig ? { deadLetterArn: data.DeadLetterConfig.TargetArn } : {}),
        logFormat: data.LoggingConfig?.LogFormat ?? "Text",
        logLevel: data.LoggingConfig?.ApplicationLogLevel ?? "INFO",
        serviceName: data.Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? resource.ref,
        ...(data.ReservedConcurrentExecutions === undefined
          ? {}
          : { reservedConcurrency: data.ReservedConcurrentExecutions }),
      };
    });
}
