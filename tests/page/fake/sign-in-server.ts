import { createHash, randomUUID } from "node:crypto";
import { bodyOf, type Listening, listen } from "./http.ts";

/** An OpenID provider that lets the chosen person in without asking, but holds the page to the protocol. */
export interface SignInServer extends Listening {
  /** Whose tokens are given next. */
  personId: string;
  /** How long a token is good, in seconds. */
  lifetimeSeconds: number;
  refreshTokens: boolean;
  /** OAuth error that the next authorization answers with. */
  refusal: string | null;
  readonly seen: { authorizations: URL[]; refreshes: number; logouts: number };
  personOf(token: string | undefined): string | null;
  /** Ends every access and refresh token that was given. */
  revokeAll(): void;
}

export async function startSignInServer(pageOrigin: () => string): Promise<SignInServer> {
  const codes = new Map<string, { challenge: string; redirectUri: string; personId: string }>();
  const accessTokens = new Map<string, { personId: string; endsAt: number }>();
  const refreshTokens = new Map<string, string>();

  const grant = (personId: string) => {
    const accessToken = randomUUID();
    accessTokens.set(accessToken, { personId, endsAt: Date.now() + server.lifetimeSeconds * 1000 });
    const refreshToken = randomUUID();
    if (server.refreshTokens) refreshTokens.set(refreshToken, personId);
    return {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: server.lifetimeSeconds,
      ...(server.refreshTokens && { refresh_token: refreshToken }),
    };
  };

  function redeem(form: URLSearchParams): object | null {
    if (form.get("grant_type") === "refresh_token") {
      const token = form.get("refresh_token") ?? "";
      const personId = refreshTokens.get(token);
      if (personId === undefined) return null;
      refreshTokens.delete(token);
      server.seen.refreshes += 1;
      return grant(personId);
    }
    const code = form.get("code") ?? "";
    const known = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isGood = known?.challenge === challenge && known.redirectUri === form.get("redirect_uri");
    return known !== undefined && isGood ? grant(known.personId) : null;
  }

  const listening = await listen(async (request, response, url) => {
    if (url.pathname === "/authorize") {
      server.seen.authorizations.push(url);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("state", url.searchParams.get("state") ?? "");
      back.searchParams.set("iss", listening.origin);
      if (server.refusal !== null) back.searchParams.set("error", server.refusal);
      else {
        const code = randomUUID();
        codes.set(code, {
          challenge:
            url.searchParams.get("code_challenge_method") === "S256"
              ? (url.searchParams.get("code_challenge") ?? "")
              : "",
          redirectUri: url.searchParams.get("redirect_uri") ?? "",
          personId: server.personId,
        });
        back.searchParams.set("code", code);
      }
      response.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === "/token") {
      const answer = redeem(new URLSearchParams(await bodyOf(request)));
      response
        .writeHead(answer === null ? 400 : 200, {
          "content-type": "application/json",
          "cache-control": "no-store",
          "access-control-allow-origin": pageOrigin(),
        })
        .end(JSON.stringify(answer ?? { error: "invalid_grant" }));
    } else if (url.pathname === "/logout") {
      server.seen.logouts += 1;
      response.writeHead(302, { location: url.searchParams.get("logout_uri") ?? "/" }).end();
    } else response.writeHead(404).end();
  });

  const server: SignInServer = {
    ...listening,
    personId: "person-1",
    lifetimeSeconds: 3_600,
    refreshTokens: true,
    refusal: null,
    seen: { authorizations: [], refreshes: 0, logouts: 0 },
    personOf(token) {
      const known = accessTokens.get(token ?? "");
      return known !== undefined && known.endsAt > Date.now() ? known.personId : null;
    },
    revokeAll() {
      accessTokens.clear();
      refreshTokens.clear();
    },
  };
  return server;
}
