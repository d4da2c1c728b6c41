import type * as z from "zod";
import type { RouteName, routes } from "../../../shared/contracts/routes.ts";
import type { Session } from "../sign-in/session.ts";
import { AnswerMalformedError, problemOf, RequestRefusedError, ServerUnreachableError } from "./problem.ts";

type Routes = typeof routes;
/** Documents are not submitted from this page, and of the policy only the version in force is read. */
export type UsedRoute = Exclude<RouteName, "submitCase" | "getPolicyVersion">;
export type Answer<R extends RouteName> = Routes[R] extends { readonly response: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined;
type Body<R extends RouteName> = Routes[R] extends { readonly body: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;

/** Written out because the schemas (31 KiB with zod) stay out of the bundle; the compiler holds each line to the contract. */
const addresses = {
  getMe: { method: "GET", path: "/api/me" },
  listReviews: { method: "GET", path: "/api/reviews" },
  getCase: { method: "GET", path: "/api/cases/{caseId}" },
  getPage: { method: "GET", path: "/api/cases/{caseId}/pages/{page}" },
  claimReview: { method: "POST", path: "/api/reviews/{reviewId}/claim" },
  releaseReview: { method: "POST", path: "/api/reviews/{reviewId}/release" },
  decideReview: { method: "POST", path: "/api/reviews/{reviewId}/decision" },
  assignReview: { method: "POST", path: "/api/reviews/{reviewId}/assign" },
  attachEvidence: { method: "POST", path: "/api/reviews/{reviewId}/attachments" },
  getAttachment: { method: "GET", path: "/api/cases/{caseId}/attachments/{attachmentId}" },
  sendMessage: { method: "POST", path: "/api/cases/{caseId}/messages" },
  withdrawCase: { method: "POST", path: "/api/cases/{caseId}/withdraw" },
  reopenCase: { method: "POST", path: "/api/cases/{caseId}/reopen" },
  reportImpact: { method: "POST", path: "/api/cases/{caseId}/impact" },
  getPolicy: { method: "GET", path: "/api/workflows/{workflow}/policy" },
  proposePolicyChange: { method: "POST", path: "/api/workflows/{workflow}/policy/changes" },
  answerPolicyChange: { method: "POST", path: "/api/workflows/{workflow}/policy/changes/{changeId}/answer" },
  stopWorkflow: { method: "POST", path: "/api/workflows/{workflow}/stop" },
  getMetrics: { method: "GET", path: "/api/workflows/{workflow}/metrics" },
  listPeople: { method: "GET", path: "/api/workflows/{workflow}/people" },
  putPerson: { method: "POST", path: "/api/workflows/{workflow}/people/{personId}" },
  setAbsence: { method: "POST", path: "/api/me/absence" },
  redrive: { method: "POST", path: "/api/redrive" },
  getList: { method: "GET", path: "/api/workflows/{workflow}/lists/{list}" },
  putList: { method: "POST", path: "/api/workflows/{workflow}/lists/{list}" },
} as const satisfies { [R in UsedRoute]: { method: Routes[R]["method"]; path: Routes[R]["path"] } };

/** Members without which the page could not show the answer. The server's own tests hold answers to the whole schema. */
const members: { [R in UsedRoute]: readonly (keyof NonNullable<Answer<R>> & string)[] } = {
  getMe: ["personId", "name", "memberships"],
  listReviews: ["reviews", "cursor"],
  getCase: ["case", "fields", "lineCells", "confidenceLimits", "reviews", "timeline", "guidance"],
  getPage: ["url", "expiresAt"],
  claimReview: ["reviewId", "claim"],
  releaseReview: [],
  decideReview: ["decision", "unmasked"],
  assignReview: ["reviewId", "claim"],
  attachEvidence: ["attachmentId"],
  getAttachment: ["url"],
  sendMessage: [],
  withdrawCase: [],
  reopenCase: [],
  reportImpact: [],
  getPolicy: ["policy", "changes", "progress"],
  proposePolicyChange: ["status", "differences"],
  answerPolicyChange: ["status", "differences"],
  stopWorkflow: ["status"],
  getMetrics: ["total", "days", "backlog"],
  listPeople: ["people"],
  putPerson: [],
  setAbsence: [],
  redrive: ["casesContinued", "failed"],
  getList: ["rows", "updatedAt"],
  putList: ["rows", "updatedAt"],
};

/** HTTP API gives up after 30 s (its quota); an answer that takes longer never comes. */
const longestWaitMilliseconds = 35_000;

export interface Request<R extends RouteName> {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | null>>;
  readonly body?: Body<R>;
  /** Idempotency-Key of a POST: one per intent, kept when the same intent is sent again. */
  readonly key?: string;
  /** Lets the request outlive the page; browsers hold such bodies to 64 KiB in all. */
  readonly keepalive?: boolean;
}

export interface Client {
  /**
   * @throws {RequestRefusedError} with the problem the API answered.
   * @throws {ServerUnreachableError} when no answer came.
   * @throws {SessionEndedError} when the person has to sign in again.
   */
  call<R extends UsedRoute>(route: R, request?: Request<R>): Promise<Answer<R>>;
}

export function createClient(session: Session, fetch: typeof globalThis.fetch): Client {
  async function send(route: UsedRoute, request: Request<UsedRoute>, token: string): Promise<Response> {
    const { method, path } = addresses[route];
    const headers = new Headers({ authorization: `Bearer ${token}`, accept: "application/json" });
    if (request.key !== undefined) headers.set("idempotency-key", request.key);
    if (request.body !== undefined) headers.set("content-type", "application/json");
    try {
      return await fetch(addressOf(path, request), {
        method,
        headers,
        cache: "no-store",
        signal: AbortSignal.timeout(longestWaitMilliseconds),
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        ...(request.keepalive === true && { keepalive: true }),
      });
    } catch (error) {
      throw new ServerUnreachableError("No connection to the server.", { cause: error });
    }
  }

  return {
    async call(route, request = {}) {
      const token = await session.accessToken();
      let response = await send(route, request, token);
      if (response.status === 401 && (await session.refused(token))) {
        response = await send(route, request, await session.accessToken());
      }
      const body = await bodyOf(response);
      if (!response.ok) throw new RequestRefusedError(problemOf(response.status, body));
      const lacking = members[route].find((name) => !holds(body, name));
      if (lacking !== undefined) {
        throw new AnswerMalformedError(
          `The server's answer holds no "${lacking}". Reload the page; it may be older than the server.`,
        );
      }
      return body;
    },
  };
}

/** Fills `{names}` of a path; what it is filled with cannot leave its place. */
export function addressOf(
  path: string,
  { path: values = {}, query = {} }: Pick<Request<RouteName>, "path" | "query">,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? "")));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) search.set(name, value);
  return search.size === 0 ? filled : `${filled}?${search}`;
}

/** `any` on purpose: JSON from our own origin becomes the contract's type where its members were checked. */
async function bodyOf(response: Response): ReturnType<Response["json"]> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

const holds = (body: unknown, name: string): boolean =>
  typeof body === "object" && body !== null && Reflect.get(body, name) !== undefined;
