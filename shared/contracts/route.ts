import type * as z from "zod";
import type { ProblemType } from "./problem.ts";

/** OAuth scopes of the resource server `signoff`. A token says what a client may ask; the people table says what a person may do. */
export const scopes = {
  submit: "signoff/cases.submit",
  read: "signoff/cases.read",
  review: "signoff/reviews.write",
  /** Reference lists, policy, people, redrive: what owners do. */
  administer: "signoff/workflows.write",
} as const;

/** One route. `routes` in routes.ts is the whole API. */
export interface Route {
  readonly method: "GET" | "POST";
  /** Under one origin with the page; nothing strips the prefix. */
  readonly path: `/api/${string}`;
  readonly function: string;
  /** The token must hold one of these. */
  readonly scopes: readonly string[];
  readonly summary: string;
  readonly pathParameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** @default maxBodyBytes */
  readonly maxBodyBytes?: number;
  readonly status: 200 | 201 | 204;
  readonly response?: z.ZodType;
  /** Besides malformed-request, not-signed-in, not-allowed, internal, busy; for POST the idempotency problems; body-too-large where there is a body, not-found where the path names something. */
  readonly problems: readonly ProblemType[];
}
