import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { PageRequest, PageResponse } from "../stack/loopback.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { authorize, redirect, sessionCookie, sessionId } from "./authorize-endpoint.ts";
import { refusalPage, signedOutPage } from "./choose-person-page.ts";
import { readClients } from "./clients.ts";
import { openGrants } from "./grants.ts";
import type { SignInPerson } from "./person.ts";
import { openSigningKey } from "./signing-key.ts";
import { token } from "./token-endpoint.ts";
import { createTokens } from "./tokens.ts";

export interface SignInOptions {
  readonly template: Template;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly people: readonly SignInPerson[];
  /** This server's own origin, which is the issuer; known once it listens. */
  readonly issuer: string;
  /** The page's origin, whose scripts may ask for tokens. */
  readonly pageOrigin: string;
  localise(text: string): string;
}

export interface SignIn {
  handle(request: PageRequest): Promise<PageResponse>;
  /** Secret of a program's client: drawn at the first start, the same afterwards. */
  secretOf(clientId: string): string;
}

/** An OpenID provider standing in for the template's Cognito user pool and its sign-in page. There are no passwords. */
export async function openSignIn(options: SignInOptions): Promise<SignIn> {
  const { template, storage, clock, people, issuer, pageOrigin } = options;
  const clients = readClients(template, options.localise);
  const key = await openSigningKey(storage);
  const grants = openGrants(storage, clock);
  const tokens = createTokens(key, clock, () => issuer);
  const secrets = await openSecrets(
    storage,
    [...clients.values()].filter(({ confidential }) => confidential).map(({ clientId }) => clientId),
  );
  const secretOf = (clientId: string) => {
    const secret = secrets.get(clientId);
    if (secret === undefined)
      throw new Error(`The client ${clientId} has no secret: it is public, or not in the template.`);
    return secret;
  };

  const logout = async (request: PageRequest): Promise<PageResponse> => {
    await grants.endSession(sessionId(request));
    const query = new URLSearchParams(request.rawQuery);
    const client = clients.get(query.get("client_id") ?? "");
    const to = query.get("logout_uri") ?? query.get("post_logout_redirect_uri");
    if (!client) return refusalPage("The client_id is not one of this user pool's.");
    if (to !== null && !client.logoutUrls.includes(to))
      return refusalPage("The logout_uri is not one of this client's.");
    const answer = to === null ? signedOutPage() : redirect(to, {});
    const cookie = `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
    return { ...answer, headers: { ...answer.headers, "set-cookie": cookie } };
  };

  const discovery = {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    code_challenge_methods_supported: ["S256"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "email", "profile"],
    token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
  };

  /** Scripts of the page, which has another origin here, may ask for tokens and read what is public. */
  const readable = (response: PageResponse): PageResponse => ({
    ...response,
    headers: {
      ...response.headers,
      "access-control-allow-origin": pageOrigin,
      "access-control-allow-headers": "authorization, content-type",
      "access-control-allow-methods": "GET, POST",
      vary: "origin",
    },
  });
  const json = (body: unknown): PageResponse => ({
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  return {
    secretOf,
    handle: async (request) => {
      if (request.method === "OPTIONS") return readable({ status: 204 });
      if (request.path === "/.well-known/openid-configuration") return readable(json(discovery));
      if (request.path === "/.well-known/jwks.json") return readable(json(key.publicKeys));
      if (request.path === "/oauth2/token")
        return readable(await token(request, { clients, people, grants, tokens, secretOf }));
      if (request.path === "/oauth2/authorize") return authorize(request, { clients, people, grants, clock });
      if (request.path === "/logout") return logout(request);
      return {
        status: 404,
        headers: { "content-type": "text/plain" },
        body: "The sign-in of one machine has no such page.\n",
      };
    },
  };
}

const storedSecret = z.object({ secret: z.string() });

async function openSecrets(storage: Storage, clientIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  for (const clientId of clientIds) {
    const key = `client-secret/${clientId}`;
    const stored = storedSecret.safeParse(await storage.get(key));
    const secret = stored.success ? stored.data.secret : randomBytes(32).toString("base64url");
    if (!stored.success) await storage.write([{ key, value: { secret } }]);
    secrets.set(clientId, secret);
  }
  return secrets;
}
