import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { stepFunctions } from "../../shared/aws/clients.ts";
import { sqsDeadLetters } from "../../shared/aws/dead-letters.ts";
import { dynamoOpenCases } from "../../shared/aws/dynamodb/pending.ts";
import { dynamoWebhooks } from "../../shared/aws/dynamodb/webhooks.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnExecutions } from "../../shared/aws/executions.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { notConfigured } from "../../shared/contracts/functions.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("redrive");
const desk = reviewDeskPorts(env);
// A queue's address is that of its region; one machine has its own, which the SDK takes from the environment.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
const lambda = new LambdaClient({});
const letters = (queueUrl: string, functionName: string) =>
  queueUrl === notConfigured ? [] : [sqsDeadLetters({ sqs, lambda, queueUrl, functionName })];

export const handler = createHandler({
  ...desk,
  openCases: dynamoOpenCases(desk.database),
  executions: sfnExecutions({ client: stepFunctions(), caseMachineArn: env.CASE_MACHINE_ARN }),
  drops: [
    ...letters(env.UNDELIVERED_DROPS_QUEUE, env.OPEN_CASE_FUNCTION),
    ...letters(env.UNOPENED_DROPS_QUEUE, env.OPEN_CASE_FUNCTION),
  ],
  outcomes: letters(env.UNACCEPTED_OUTCOMES_QUEUE, env.SEND_WEBHOOKS_FUNCTION),
  webhooks: dynamoWebhooks(desk.database),
});
