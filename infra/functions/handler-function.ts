import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type FunctionName, functions } from "../../shared/contracts/functions.ts";
import { FunctionNotBundledError, VariableNotDeclaredError, variablesNotSupplied } from "./handler-function-errors.ts";

type Variable = (typeof functions)[FunctionName]["environment"][number];

export interface HandlerFunctionProps {
  readonly name: FunctionName;
  /** Directory with one folder a function, each with `index.mjs`: what `npm run build` writes. */
  readonly bundles: string;
  readonly logRetentionDays: number;
}

/**
 * A Lambda as this house runs it: declared in contracts, bundled beforehand, on arm64, with a role and a log group of its own.
 * It may do nothing until the construct that owns a resource grants it something.
 */
export class HandlerFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly functionName: FunctionName;
  readonly #declared: ReadonlySet<Variable>;
  readonly #supplied = new Set<Variable>();

  /** @throws {FunctionNotBundledError} when `bundles` has no folder for it. */
  constructor(scope: Construct, id: string, { name, bundles, logRetentionDays }: HandlerFunctionProps) {
    super(scope, id);
    const { description, memoryMegabytes, timeoutSeconds, environment } = functions[name];
    this.functionName = name;
    this.#declared = new Set(environment);

    const bundle = join(bundles, name);
    if (!existsSync(join(bundle, "index.mjs"))) throw new FunctionNotBundledError(name, bundle);

    const logGroup = new LogGroup(this, "Logs", { retention: logRetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Role of ${name}`,
    });
    this.lambda = new LambdaFunction(this, "Default", {
      description,
      role,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundle),
      handler: "index.handler",
      memorySize: memoryMegabytes,
      timeout: Duration.seconds(timeoutSeconds),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: {
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
    });
    this.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]);
    this.node.addValidation({ validate: () => variablesNotSupplied(name, this.#declared, this.#supplied) });
  }

  /** Sets an environment variable. @throws {VariableNotDeclaredError} for one that contracts/functions.ts does not declare. */
  supply(variable: Variable, value: string): void {
    if (!this.#declared.has(variable)) throw new VariableNotDeclaredError(this.functionName, variable, this.#declared);
    this.#supplied.add(variable);
    this.lambda.addEnvironment(variable, value);
  }

  /** For the constructs that own resources: their `grant…` methods say what it is for. */
  allow(
    actions: readonly string[],
    resources: readonly string[],
    conditions: Readonly<Record<string, unknown>> = {},
  ): void {
    this.lambda.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...actions],
        resources: [...resources],
        ...(Object.keys(conditions).length > 0 && { conditions }),
      }),
    );
  }
}

/** CloudWatch namespace of the metrics that functions emit. */
export const metricsNamespace = "Signoff";
