import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from "oauth4webapi";
import type { SignInConfig } from "../config.ts";

// oauth4webapi, not code of our own: state, issuer (RFC 9207), token-response and ID-token checks by people who certify them,
// for 6 KiB of the page's 60.

/** Access token with the time it ends, in milliseconds since 1970. Held in memory only. */
export interface Tokens {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string | null;
}

/** What a redirect to sign-in leaves behind in this tab, and is checked on return. */
export interface Attempt {
  readonly state: string;
  readonly verifier: string;
  /** The hash to come back to. */
  readonly returnTo: string;
}

/** Used when a token response does not say how long the token lasts, in seconds (RFC 6749 leaves it open). */
const assumedLifetimeSeconds = 300;

const server = (config: SignInConfig): AuthorizationServer => ({
  issuer: config.issuer,
  authorization_endpoint: config.authorizationEndpoint,
  token_endpoint: config.tokenEndpoint,
});
const client = (config: SignInConfig): Client => ({ client_id: config.clientId });

/** Only the one-machine stack signs in over http, and only on loopback. */
function transport(config: SignInConfig) {
  const { protocol, hostname } = new URL(config.tokenEndpoint);
  const loopback = protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return { [allowInsecureRequests]: loopback };
}

function tokens(answer: TokenEndpointResponse, now: number, previous: string | null): Tokens {
  return {
    accessToken: answer.access_token,
    expiresAt: now + (answer.expires_in ?? assumedLifetimeSeconds) * 1000,
    // A server that does not rotate refresh tokens leaves it out of the answer (RFC 6749, section 6).
    refreshToken: answer.refresh_token ?? previous,
  };
}

/** Where to send the browser: authorization code with PKCE (RFC 7636, S256). */
export function authorizationAddress(
  config: SignInConfig,
  redirectUri: string,
  attempt: { readonly state: string; readonly challenge: string },
): string {
  const address = new URL(config.authorizationEndpoint);
  const parameters = {
    response_type: "code",
    client_id: config.clientId,
    redirect_uri: redirectUri,
    scope: config.scopes.join(" "),
    state: attempt.state,
    code_challenge: attempt.challenge,
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/**
 * Exchanges the code in a callback for tokens.
 * @throws oauth4webapi's errors when state or issuer differ, the person was refused, or the code is no longer good.
 */
export async function redeemCallback(
  config: SignInConfig,
  callback: URL,
  redirectUri: string,
  attempt: Attempt,
  now: () => number,
): Promise<Tokens> {
  const parameters = validateAuthResponse(server(config), client(config), callback, attempt.state);
  const response = await authorizationCodeGrantRequest(
    server(config),
    client(config),
    None(),
    parameters,
    redirectUri,
    attempt.verifier,
    transport(config),
  );
  return tokens(await processAuthorizationCodeResponse(server(config), client(config), response), now(), null);
}

/** @throws {ResponseBodyError} when the refresh token is no longer good. */
export async function renewTokens(config: SignInConfig, refreshToken: string, now: () => number): Promise<Tokens> {
  const response = await refreshTokenGrantRequest(
    server(config),
    client(config),
    None(),
    refreshToken,
    transport(config),
  );
  return tokens(await processRefreshTokenResponse(server(config), client(config), response), now(), refreshToken);
}

/**
 * Where sign-out sends the browser. Cognito reads `logout_uri`, OpenID providers `post_logout_redirect_uri`; each ignores the other's.
 * @see OpenID Connect RP-Initiated Logout 1.0
 */
export function signOutAddress(config: SignInConfig, returnTo: string): string {
  const address = new URL(config.logoutEndpoint);
  address.searchParams.set("client_id", config.clientId);
  address.searchParams.set("logout_uri", returnTo);
  address.searchParams.set("post_logout_redirect_uri", returnTo);
  return address.href;
}
