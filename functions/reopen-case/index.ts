import { stepFunctions } from "../../shared/aws/clients.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnExecutions } from "../../shared/aws/executions.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("reopen-case");

export const handler = createHandler({
  ...reviewDeskPorts(env),
  executions: sfnExecutions({ client: stepFunctions(), caseMachineArn: env.CASE_MACHINE_ARN }),
});
