import type { Clock } from "../clock/clock.ts";
import type { PageRequest, PageResponse } from "../stack/loopback.ts";
import { choosePersonPage, refusalPage } from "./choose-person-page.ts";
import type { Client } from "./clients.ts";
import { type Grants, sessionSeconds } from "./grants.ts";
import type { SignInPerson } from "./person.ts";

export interface AuthorizePorts {
  readonly clients: ReadonlyMap<string, Client>;
  readonly people: readonly SignInPerson[];
  readonly grants: Grants;
  readonly clock: Clock;
}

export const sessionCookie = "signoff-sign-in";

/**
 * GET shows whom one can be, or goes straight back where a session says it already; POST carries the choice.
 *
 * @see RFC 6749 section 4.1 and RFC 7636 (PKCE)
 */
export async function authorize(request: PageRequest, ports: AuthorizePorts): Promise<PageResponse> {
  const parameters = new URLSearchParams(request.method === "POST" ? request.body.toString("utf8") : request.rawQuery);
  const chosen = parameters.get("person");
  parameters.delete("person");

  const client = ports.clients.get(parameters.get("client_id") ?? "");
  if (!client) return refusalPage("The client_id is not one of this user pool's.");
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (!client.callbackUrls.includes(redirectUri)) return refusalPage("The redirect_uri is not one of this client's.");

  const problem = refusalOf(parameters, client);
  if (problem) return redirect(redirectUri, { error: problem, state: parameters.get("state") });

  const session = await ports.grants.findSession(sessionId(request));
  const now = Math.floor(ports.clock.now().getTime() / 1000);
  const sub = request.method === "POST" ? chosen : session?.sub;
  const person = ports.people.find((candidate) => candidate.sub === sub);
  const askAgain = request.method === "GET" && parameters.get("prompt") === "login";
  if (!person || askAgain) return choosePersonPage(ports.people, parameters, new URL(redirectUri).origin);

  const authTime = request.method === "POST" ? now : (session?.authTime ?? now);
  const code = ports.grants.issueCode({
    sub: person.sub,
    clientId: client.clientId,
    scopes: requestedScopes(parameters, client),
    authTime,
    redirectUri,
    codeChallenge: parameters.get("code_challenge") ?? undefined,
    nonce: parameters.get("nonce") ?? undefined,
  });
  const answer = redirect(redirectUri, { code, state: parameters.get("state") });
  if (request.method === "GET") return answer;
  const id = await ports.grants.openSession(person.sub, authTime);
  const cookie = `${sessionCookie}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionSeconds}`;
  return { ...answer, headers: { ...answer.headers, "set-cookie": cookie } };
}

export function sessionId({ headers }: PageRequest): string {
  const [, id = ""] = new RegExp(`(?:^|; )${sessionCookie}=([^;]+)`).exec(headers.cookie ?? "") ?? [];
  return id;
}

export function redirect(to: string, parameters: Readonly<Record<string, string | null>>): PageResponse {
  const address = new URL(to);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) address.searchParams.set(name, value);
  return { status: 302, headers: { location: address.href, "cache-control": "no-store" } };
}

/** OAuth's name for what is wrong with the request; undefined when nothing is. */
function refusalOf(parameters: URLSearchParams, client: Client): string | undefined {
  if (parameters.get("response_type") !== "code") return "unsupported_response_type";
  if (!client.flows.includes("code")) return "unauthorized_client";
  const challenge = parameters.get("code_challenge");
  if (challenge === null && !client.confidential) return "invalid_request";
  if (challenge !== null) {
    if (parameters.get("code_challenge_method") !== "S256") return "invalid_request";
    if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) return "invalid_request";
  }
  if (!requestedScopes(parameters, client).every((scope) => client.scopes.includes(scope))) return "invalid_scope";
  return undefined;
}

/** All of the client's scopes where the request names none, as Cognito has it. */
function requestedScopes(parameters: URLSearchParams, client: Client): string[] {
  const requested = (parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  return requested.length === 0 ? [...client.scopes] : requested;
}
