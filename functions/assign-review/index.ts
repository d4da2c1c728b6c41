import { readEnvironment } from "../../shared/aws/environment.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { createHandler } from "./handler.ts";

export const handler = createHandler(reviewDeskPorts(readEnvironment("assign-review")));
