import { readEnvironment } from "../../shared/aws/environment.ts";
import { policyDeskPorts } from "../../shared/aws/policy-desk.ts";
import { createHandler } from "./handler.ts";

export const handler = createHandler(policyDeskPorts(readEnvironment("get-policy")));
