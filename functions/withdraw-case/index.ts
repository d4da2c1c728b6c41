import { readEnvironment } from "../../shared/aws/environment.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { waker } from "../../shared/aws/wake.ts";
import { createHandler } from "./handler.ts";

const desk = reviewDeskPorts(readEnvironment("withdraw-case"));

export const handler = createHandler({ ...desk, ...waker(desk.database) });
