import type { AccessKey } from "../iam/credentials.ts";
import { region } from "../template/physical-name.ts";
import type { DeclaredFunction } from "./declared-function.ts";

export interface Surroundings {
  readonly accessKey: AccessKey;
  /** Loopback address that serves every AWS service. */
  readonly endpointUrl: string;
  /** An empty directory of its own, for what Lambda gives as /tmp. */
  readonly temporaryDirectory: string;
  /** Puts local addresses in place of AWS's in a variable's value. */
  readonly localise: (value: string) => string;
}

/**
 * All that a function's process finds in its environment: the template's variables, and what Lambda's runtime sets. Nothing of the
 * shell that started the stack, so that a function cannot depend on the machine it happens to run on.
 */
export function childEnvironment(
  declared: DeclaredFunction,
  { accessKey, endpointUrl, temporaryDirectory, localise }: Surroundings,
): Readonly<Record<string, string>> {
  const own = Object.entries(declared.environment).map(([name, value]) => [name, localise(value)]);
  return {
    ...Object.fromEntries(own),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_EXECUTION_ENV: `AWS_Lambda_${declared.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: declared.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(declared.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${declared.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "one-machine",
    AWS_LAMBDA_LOG_FORMAT: declared.logFormat,
    AWS_LAMBDA_LOG_LEVEL: declared.logLevel,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    LAMBDA_TASK_ROOT: declared.codeDirectory,
    _HANDLER: declared.handler,
    TZ: "UTC",
    LANG: "en_US.UTF-8",
    TMPDIR: temporaryDirectory,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", // about this machine's Node, which is not the one that Lambda has
    HOME: temporaryDirectory, // keeps the SDK from reading the AWS profile of whoever runs the stack
  };
}
