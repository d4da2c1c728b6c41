import * as z from "zod";
import type { Template, TemplateResource } from "../template/template.ts";
import { NotImitatedError } from "../wire/aws-error.ts";

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
  /** Whether each new object is told to EventBridge. */
  readonly tellsEventBridge: boolean;
}

const flag = z.union([z.boolean(), z.string()]).transform((value) => String(value) === "true");

const properties = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(["Enabled", "Suspended"]) }).optional(),
  NotificationConfiguration: z
    .object({
      EventBridgeConfiguration: z.object({ EventBridgeEnabled: flag.default(true) }).optional(),
      LambdaConfigurations: z.array(z.unknown()).optional(),
      QueueConfigurations: z.array(z.unknown()).optional(),
      TopicConfigurations: z.array(z.unknown()).optional(),
    })
    .optional(),
});

/** Every bucket of the template, by its name. @throws {NotImitatedError} for notifications other than EventBridge's. */
export function declaredBuckets(template: Template): ReadonlyMap<string, Bucket> {
  return new Map(template.ofType("AWS::S3::Bucket").map((resource) => [resource.ref, declaredBucket(resource)]));
}

function declaredBucket(resource: TemplateResource): Bucket {
  const { VersioningConfiguration, NotificationConfiguration } = properties.parse(resource.properties);
  const { EventBridgeConfiguration, ...others } = NotificationConfiguration ?? {};
  if (Object.values(others).some((configurations) => configurations !== undefined && configurations.length > 0)) {
    throw new NotImitatedError(
      `notifications of bucket ${resource.logicalId} to Lambda, SQS or SNS; send them to EventBridge`,
    );
  }
  if (VersioningConfiguration?.Status === "Suspended") {
    throw new NotImitatedError(`suspended versioning, which bucket ${resource.logicalId} declares`);
  }
  return {
    name: resource.ref,
    arn: resource.attribute("Arn"),
    versioned: VersioningConfiguration?.Status === "Enabled",
    tellsEventBridge: EventBridgeConfiguration?.EventBridgeEnabled === true,
  };
}
