import { createHash, timingSafeEqual } from "node:crypto";
import type { PageRequest, PageResponse } from "../stack/loopback.ts";
import type { Client } from "./clients.ts";
import type { Grant, Grants } from "./grants.ts";
import type { SignInPerson } from "./person.ts";
import type { Tokens } from "./tokens.ts";

export interface TokenPorts {
  readonly clients: ReadonlyMap<string, Client>;
  readonly people: readonly SignInPerson[];
  readonly grants: Grants;
  readonly tokens: Tokens;
  secretOf(clientId: string): string;
}

/** POST /oauth2/token. @see RFC 6749 sections 4.1.3, 4.4.2 and 6 */
export async function token(request: PageRequest, ports: TokenPorts): Promise<PageResponse> {
  if (request.method !== "POST") return refused("invalid_request", 405);
  const parameters = new URLSearchParams(request.body.toString("utf8"));
  const client = authenticate(request, parameters, ports);
  if (!client) return refused("invalid_client", 401);
  const grant = grantTypes[parameters.get("grant_type") ?? ""];
  return grant ? grant(parameters, client, ports) : refused("unsupported_grant_type");
}

type GrantType = (parameters: URLSearchParams, client: Client, ports: TokenPorts) => Promise<PageResponse>;

const grantTypes: Readonly<Record<string, GrantType>> = {
  authorization_code: async (parameters, client, ports) => {
    const grant = ports.grants.redeemCode(parameters.get("code") ?? "");
    if (!grant || grant.clientId !== client.clientId || grant.redirectUri !== parameters.get("redirect_uri")) {
      return refused("invalid_grant");
    }
    const verifier = parameters.get("code_verifier") ?? "";
    const { codeChallenge } = grant;
    if (codeChallenge !== undefined && sha256(verifier) !== codeChallenge) return refused("invalid_grant");
    const { sub, clientId, scopes, authTime } = grant;
    const refreshToken = await ports.grants.issueRefresh(
      { sub, clientId, scopes, authTime },
      client.refreshTokenSeconds,
    );
    return personTokens(grant, client, ports, { refresh_token: refreshToken }, grant.nonce);
  },
  refresh_token: async (parameters, client, ports) => {
    const presented = parameters.get("refresh_token") ?? "";
    const grant = await ports.grants.findRefresh(presented);
    if (!grant || grant.clientId !== client.clientId) return refused("invalid_grant");
    if (!client.rotation) return personTokens(grant, client, ports, {});
    const { sub, clientId, scopes, authTime } = grant;
    const refreshToken = await ports.grants.issueRefresh(
      { sub, clientId, scopes, authTime },
      client.refreshTokenSeconds,
    );
    await ports.grants.retireRefresh(presented, client.rotation.graceSeconds);
    return personTokens(grant, client, ports, { refresh_token: refreshToken });
  },
  client_credentials: async (parameters, client, ports) => {
    if (!client.confidential || !client.flows.includes("client_credentials")) return refused("unauthorized_client");
    const requested = (parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    if (!requested.every((scope) => client.scopes.includes(scope))) return refused("invalid_scope");
    const scopes = requested.length === 0 ? client.scopes : requested;
    return json(200, {
      access_token: await ports.tokens.programAccess(client, scopes),
      token_type: "Bearer",
      expires_in: client.accessTokenSeconds,
    });
  },
};

async function personTokens(
  { sub, scopes, authTime }: Grant,
  client: Client,
  { people, tokens }: TokenPorts,
  more: Readonly<Record<string, string>>,
  nonce?: string,
): Promise<PageResponse> {
  const person = people.find((candidate) => candidate.sub === sub);
  if (!person) return refused("invalid_grant");
  const context = { client, scopes, authTime, nonce };
  return json(200, {
    access_token: await tokens.personAccess(person, context),
    ...(scopes.includes("openid") ? { id_token: await tokens.personId(person, context) } : {}),
    ...more,
    token_type: "Bearer",
    expires_in: client.accessTokenSeconds,
  });
}

/** A public client only names itself; a confidential one proves itself, in the header or in the body. */
function authenticate(
  { headers }: PageRequest,
  parameters: URLSearchParams,
  { clients, secretOf }: TokenPorts,
): Client | undefined {
  const [, encoded] = /^Basic +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  const [idInHeader, secretInHeader] = encoded === undefined ? [] : basicPair(encoded);
  const client = clients.get(idInHeader ?? parameters.get("client_id") ?? "");
  if (!client?.confidential) return client;
  const secret = secretInHeader ?? parameters.get("client_secret") ?? "";
  return same(secret, secretOf(client.clientId)) ? client : undefined;
}

function basicPair(encoded: string): readonly string[] {
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");
const same = (left: string, right: string) => timingSafeEqual(Buffer.from(sha256(left)), Buffer.from(sha256(right)));

const refused = (error: string, status = 400) => json(status, { error });

function json(status: number, body: unknown): PageResponse {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", pragma: "no-cache" },
    body: JSON.stringify(body),
  };
}
