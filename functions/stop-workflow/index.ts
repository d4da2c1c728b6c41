import { sfnChangeExecutions } from "../../shared/aws/change-executions.ts";
import { stepFunctions } from "../../shared/aws/clients.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { policyDeskPorts } from "../../shared/aws/policy-desk.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("stop-workflow");

export const handler = createHandler({
  ...policyDeskPorts(env),
  executions: sfnChangeExecutions({ client: stepFunctions(), policyMachineArn: env.POLICY_MACHINE_ARN }),
});
