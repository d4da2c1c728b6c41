import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from "aws-lambda";
import * as z from "zod";
import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { count, logger } from "../../shared/aws/observation.ts";
import { NotAllowedError } from "../../shared/people/authority.ts";
import type { People } from "../../shared/people/people.ts";
import { type RedrivePorts, type RedriveReport, redrive } from "../../shared/redrive/redrive.ts";

type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;

/** What `npm run redrive` sends. Whoever may invoke the function is let in by IAM; the API only ever sends HTTP events. */
const operatorCall = z.strictObject({ redrive: z.literal("operator") });
type OperatorCall = z.infer<typeof operatorCall>;
const isFromOperator = (event: HttpEvent | OperatorCall): event is OperatorCall =>
  operatorCall.safeParse(event).success;

/** The HTTP API waits 30 seconds for an answer, and one case or message may take a few. */
const routeSeconds = 20;
/** Of the function's 120. */
const operatorSeconds = 95;

/** POST /api/redrive, for owners; and `npm run redrive`, for whoever operates the account. */
export function createHandler(ports: RedrivePorts & { people: People; idempotency: IdempotencyStore }) {
  const run = async (forSeconds: number): Promise<RedriveReport> => {
    const report = await redrive(ports, new Date(ports.now().getTime() + forSeconds * 1000));
    const { casesContinued, failed } = report;
    if (casesContinued.length > 0) count("CaseRecovered", casesContinued.length);
    logger.info("Redriven", { ...report });
    if (failed.length > 0) logger.warn("Not all could be redriven", { failed });
    return report;
  };
  const route = routeHandler("redrive", ports, async ({ personId }) => {
    requireOwner((await ports.people.find(personId))?.memberships ?? []);
    return run(routeSeconds);
  });
  return async (event: HttpEvent | OperatorCall, context: Context): Promise<unknown> =>
    isFromOperator(event) ? run(operatorSeconds) : route(event, context);
}

/** Of any workflow: it starts again what failed, and decides nothing. */
function requireOwner(memberships: readonly { readonly role: string }[]): void {
  if (!memberships.some(({ role }) => role === "owner"))
    throw new NotAllowedError("This needs the role owner, in any workflow.");
}
