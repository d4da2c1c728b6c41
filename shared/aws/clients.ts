import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";

/** One client a service and process; made at cold start, so that connections stay open between invocations. */
export const dynamoDb = () => new DynamoDBClient({});
export const stepFunctions = () => new SFNClient({});
export const eventBridge = () => new EventBridgeClient({});
