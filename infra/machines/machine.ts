import { existsSync } from "node:fs";
import { join } from "node:path";
import { Aws, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";

export interface MachineProps {
  /** File in `statemachines/`, without `.asl.json`. */
  readonly definition: string;
  readonly substitutions: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly tracing: boolean;
}

const definitions = join(import.meta.dirname, "..", "..", "statemachines");

/**
 * A state machine from its file, logging every event but no data of the execution.
 * Time-out and comment stand in the file: CDK ignores its own props for them.
 */
export class Machine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { definition, substitutions, logRetentionDays, tracing }: MachineProps) {
    super(scope, id);
    const file = join(definitions, `${definition}.asl.json`);
    if (!existsSync(file)) throw new Error(`No definition ${file} for the machine ${id}.`);
    this.stateMachine = new StateMachine(this, "Default", {
      definitionBody: DefinitionBody.fromFile(file),
      definitionSubstitutions: { ...substitutions },
      tracingEnabled: tracing,
      logs: {
        // Log groups under this prefix need no resource policy of their own, of which an account has ten for a region.
        destination: new LogGroup(this, "Logs", {
          logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-${definition}`,
          retention: logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    if (!tracing)
      Validations.of(this.stateMachine).acknowledge({
        id: "AwsSolutions-SF2",
        reason: "Tracing is switched off in the settings; events are logged without it.",
      });
  }

  get arn(): string {
    return this.stateMachine.stateMachineArn;
  }

  /** ARNs of its executions. */
  get executionArns(): string {
    return `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${this.stateMachine.stateMachineName}:*`;
  }

  /** Lets the machine call a function: the function itself, not its versions. */
  mayInvoke(...functions: readonly HandlerFunction[]): void {
    this.allow(
      ["lambda:InvokeFunction"],
      functions.map(({ lambda }) => lambda.functionArn),
    );
  }

  /** Lets the machine run another to its end and take its output (`startExecution.sync:2`): Step Functions watches it by a managed rule. */
  mayRun(...machines: readonly Machine[]): void {
    this.allow(
      ["states:StartExecution"],
      machines.map(({ arn }) => arn),
    );
    this.allow(
      ["states:DescribeExecution", "states:StopExecution"],
      machines.map(({ executionArns }) => executionArns),
    );
    const managedRule = `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
    this.allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], [managedRule]);
  }

  allow(actions: readonly string[], resources: readonly string[]): void {
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
