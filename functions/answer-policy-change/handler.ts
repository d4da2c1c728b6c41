import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type AnswerChangePorts, answerChange } from "../../shared/policy/answer-change.ts";

/** POST /api/workflows/{workflow}/policy/changes/{changeId}/answer. The rule lives in shared/policy/answer-change.ts. */
export const createHandler = (ports: AnswerChangePorts & { idempotency: IdempotencyStore }) =>
  routeHandler("answerPolicyChange", ports, ({ personId, path, body }) =>
    answerChange({ ...path, answer: body.answer, note: body.note ?? null, personId }, ports),
  );
