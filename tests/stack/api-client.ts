import { createHash, randomBytes, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Stack } from "../../local/stack/boot.ts";
import { scopes } from "../../shared/contracts/route.ts";

export interface Answer {
  readonly status: number;
  /** Last part of the problem's type; null for anything but a problem. */
  readonly problem: string | null;
  readonly body: unknown;
}

/** A client of the HTTP API with somebody's access token. */
export interface ApiClient {
  readonly token: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, options?: { key?: string; raw?: string }): Promise<Answer>;
}

const tokenAnswer = z.object({ access_token: z.string() });
const problemAnswer = z.object({ type: z.string() });

/** Signs in as the page does (authorization code with PKCE), or as a program does (client credentials). */
export function apiClient({ pageUrl, signInUrl, clientSecret }: Pick<Stack, "pageUrl" | "signInUrl" | "clientSecret">) {
  const at = (path: string, base: string) => new URL(path, base);
  const tokenFrom = async (body: URLSearchParams, headers: Record<string, string> = {}) => {
    const answer = await fetch(at("/oauth2/token", signInUrl), { method: "POST", body, headers });
    return tokenAnswer.parse(await answer.json()).access_token;
  };
  return {
    asPerson: async (sub: string, clientId: string): Promise<ApiClient> => {
      const verifier = randomBytes(32).toString("base64url");
      const choice = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: pageUrl,
        scope: ["openid", ...Object.values(scopes)].join(" "),
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        state: "s",
        person: sub,
      });
      const chosen = await fetch(at("/oauth2/authorize", signInUrl), {
        method: "POST",
        body: choice,
        redirect: "manual",
      });
      const code = new URL(chosen.headers.get("location") ?? "").searchParams.get("code") ?? "";
      const grant = {
        grant_type: "authorization_code",
        code,
        redirect_uri: pageUrl,
        client_id: clientId,
        code_verifier: verifier,
      };
      return withToken(await tokenFrom(new URLSearchParams(grant)), pageUrl);
    },
    asProgram: async (clientId: string): Promise<ApiClient> => {
      const basic = Buffer.from(`${clientId}:${clientSecret(clientId)}`).toString("base64");
      const grant = new URLSearchParams({ grant_type: "client_credentials", scope: `${scopes.submit} ${scopes.read}` });
      return withToken(await tokenFrom(grant, { authorization: `Basic ${basic}` }), pageUrl);
    },
    withToken: (token: string) => withToken(token, pageUrl),
  };
}

function withToken(token: string, pageUrl: string): ApiClient {
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const response = await fetch(new URL(path, pageUrl), { ...init, headers });
    const text = await response.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    const problem = problemAnswer.safeParse(body);
    return {
      status: response.status,
      body,
      problem: problem.success ? (problem.data.type.split(":").at(-1) ?? null) : null,
    };
  };
  return {
    token,
    get: (path) => send(path, {}),
    post: (path, body, { key = randomUUID(), raw } = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...(key && { "idempotency-key": key }) },
        body: raw ?? (body === undefined ? "" : JSON.stringify(body)),
      }),
  };
}

/** Asks until there is an answer. The bound is generous: it only says when to stop hoping. */
export async function eventually<T>(
  ask: () => Promise<T | null>,
  what: string,
  limitSeconds = 90,
  pauseMilliseconds = 50,
): Promise<T> {
  const end = Date.now() + limitSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(`Waited ${limitSeconds} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}
