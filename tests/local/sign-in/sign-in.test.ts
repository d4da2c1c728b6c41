import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { memoryStorage } from "../states/memory-storage.ts";
import { issuer, pageAddress, pageClient, programClient, runningSignIn } from "./running-sign-in.ts";

describe("signing in by authorization code", () => {
  it("gives access, id and refresh tokens with Cognito's claims, verifiable by the published keys", async () => {
    const { choose, redeem, call, clock } = await runningSignIn();
    const { code, location } = await choose();
    expect(location.origin + location.pathname).toBe(pageAddress);
    expect(location.searchParams.get("state")).toBe("state-1");
    const answer = await redeem(code);
    expect(answer).toMatchObject({ status: 200, token_type: "Bearer", expires_in: 900 });
    const keys = createLocalJWKSet(JSON.parse((await call("GET", "/.well-known/jwks.json", {})).body));
    const { payload } = await jwtVerify(answer.access_token, keys, { issuer, currentDate: clock.now() });
    expect(payload).toMatchObject({
      sub: "sub-1",
      username: "reviewer-1",
      client_id: pageClient,
      token_use: "access",
      scope: "openid profile signoff/cases.read",
      jti: expect.any(String),
    });
    expect(payload).not.toHaveProperty("aud");
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    expect(decodeJwt(answer.id_token)).toMatchObject({
      aud: pageClient,
      token_use: "id",
      nonce: "nonce-1",
      name: "Reviewer <1>",
    });
  });

  it("takes a code once", async () => {
    const { choose, redeem } = await runningSignIn();
    const { code } = await choose();
    expect(await redeem(code)).toMatchObject({ status: 200 });
    expect(await redeem(code)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it.each([
    ["with another verifier", { code_verifier: "another-verifier-that-is-long-enough-123456789" }],
    ["without a verifier", { code_verifier: "" }],
    ["with another callback", { redirect_uri: "http://127.0.0.1:4700/elsewhere" }],
  ])("refuses a code %s, and the code is spent", async (_, changed) => {
    const { choose, redeem } = await runningSignIn();
    const { code } = await choose();
    expect(await redeem(code, changed)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await redeem(code)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("refuses a code after five minutes", async () => {
    const { choose, redeem, clock } = await runningSignIn();
    const { code } = await choose();
    await clock.advance(301_000);
    expect(await redeem(code)).toMatchObject({ error: "invalid_grant" });
  });

  it.each([
    ["no PKCE challenge", { code_challenge: "" }, "invalid_request"],
    ["a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["the implicit flow", { response_type: "token" }, "unsupported_response_type"],
    ["a scope that is not the client's", { scope: "openid signoff/lists.write" }, "invalid_scope"],
  ])("tells the page of %s", async (_, changed, error) => {
    const { choose, authorizeRequest } = await runningSignIn();
    const { location } = await choose("sub-1", { ...authorizeRequest, ...changed });
    expect(location.searchParams.get("error")).toBe(error);
    expect(location.searchParams.has("code")).toBe(false);
  });

  it.each([
    ["an unknown client", { client_id: "nobody" }],
    ["a callback that is not the client's", { redirect_uri: "http://evil.example/" }],
  ])("sends nobody anywhere for %s", async (_, changed) => {
    const { call, authorizeRequest } = await runningSignIn();
    const answer = await call("POST", "/oauth2/authorize", { ...authorizeRequest, ...changed, person: "sub-1" });
    expect(answer.status).toBe(400);
    expect(answer.headers).not.toHaveProperty("location");
  });

  it("shows the choice again when somebody unknown is chosen", async () => {
    const { call, authorizeRequest } = await runningSignIn();
    expect(await call("POST", "/oauth2/authorize", { ...authorizeRequest, person: "nobody" })).toMatchObject({
      status: 200,
    });
  });
});

describe("the page on which one chooses", () => {
  it("needs no script, allows none, and escapes what it is given", async () => {
    const { call, authorizeRequest } = await runningSignIn();
    const page = await call("GET", "/oauth2/authorize", { ...authorizeRequest, state: '"><script>alert(1)</script>' });
    expect(page.status).toBe(200);
    expect(page.headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' http:\/\/127\.0\.0\.1:4700;/,
    );
    expect(page.body).not.toContain("<script");
    expect(page.body).toContain("Reviewer &lt;1&gt;");
    expect(page.body).toContain('<button name="person" value="sub-1" autofocus>');
  });
});

describe("a session", () => {
  it("signs the same person in again without asking, until it ends or the page asks anew", async () => {
    const { call, choose, authorizeRequest, clock } = await runningSignIn();
    const { cookie } = await choose("sub-2");
    const again = (more = {}) => call("GET", "/oauth2/authorize", { ...authorizeRequest, ...more }, { cookie });
    expect(await again()).toMatchObject({ status: 302 });
    expect(await again({ prompt: "login" })).toMatchObject({ status: 200 });
    await clock.advance(61 * 60_000);
    expect(await again()).toMatchObject({ status: 200 });
  });

  it("survives a restart, and signing out ends it", async () => {
    const disk = memoryStorage();
    const { choose } = await runningSignIn(disk);
    const { cookie } = await choose();
    const { call, authorizeRequest } = await runningSignIn(disk);
    const again = () => call("GET", "/oauth2/authorize", authorizeRequest, { cookie });
    expect(await again()).toMatchObject({ status: 302 });
    const out = { client_id: pageClient, logout_uri: pageAddress };
    expect(await call("GET", "/logout", out, { cookie })).toMatchObject({
      status: 302,
      headers: { location: pageAddress },
    });
    expect(await again()).toMatchObject({ status: 200 });
  });

  it("is not ended towards an address that is not the client's", async () => {
    const { call } = await runningSignIn();
    const out = { client_id: pageClient, logout_uri: "http://evil.example/" };
    expect(await call("GET", "/logout", out)).toMatchObject({ status: 400 });
  });
});

describe("a refresh token", () => {
  it("gives new tokens and its successor, stays good for a moment, and then is not", async () => {
    const { choose, redeem, token, clock } = await runningSignIn();
    const first = await redeem((await choose()).code);
    const refresh = (refresh_token: string) =>
      token({ grant_type: "refresh_token", client_id: pageClient, refresh_token });
    const second = await refresh(first.refresh_token);
    expect(second).toMatchObject({ status: 200, access_token: expect.any(String) });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 200 });
    await clock.advance(31_000);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await refresh(second.refresh_token)).toMatchObject({ status: 200 });
  });

  it("survives a restart, as the signing key does", async () => {
    const disk = memoryStorage();
    const before = await runningSignIn(disk);
    const { refresh_token, access_token } = await before.redeem((await before.choose()).code);
    const after = await runningSignIn(disk);
    expect(await after.token({ grant_type: "refresh_token", client_id: pageClient, refresh_token })).toMatchObject({
      status: 200,
    });
    const keys = createLocalJWKSet(JSON.parse((await after.call("GET", "/.well-known/jwks.json", {})).body));
    await expect(jwtVerify(access_token, keys, { currentDate: after.clock.now() })).resolves.toBeDefined();
  });

  it("made up, or of another client, is refused", async () => {
    const { token, signIn } = await runningSignIn();
    expect(await token({ grant_type: "refresh_token", client_id: pageClient, refresh_token: "x" })).toMatchObject({
      status: 400,
    });
    const client_secret = signIn.secretOf(programClient);
    expect(
      await token({ grant_type: "refresh_token", client_id: programClient, client_secret, refresh_token: "x" }),
    ).toMatchObject({ status: 400 });
  });
});

describe("a program", () => {
  const basic = (secret: string) => ({
    authorization: `Basic ${Buffer.from(`${programClient}:${secret}`).toString("base64")}`,
  });

  it("gets a token for the scopes it asks for, as itself", async () => {
    const { token, signIn } = await runningSignIn();
    const grant = { grant_type: "client_credentials", scope: "signoff/cases.submit" };
    const answer = await token(grant, basic(signIn.secretOf(programClient)));
    expect(decodeJwt(answer.access_token)).toMatchObject({
      sub: programClient,
      client_id: programClient,
      scope: "signoff/cases.submit",
      token_use: "access",
    });
    expect(answer).not.toHaveProperty("refresh_token");
  });

  it("keeps its secret over a restart", async () => {
    const disk = memoryStorage();
    const secret = (await runningSignIn(disk)).signIn.secretOf(programClient);
    expect((await runningSignIn(disk)).signIn.secretOf(programClient)).toBe(secret);
    expect((await runningSignIn()).signIn.secretOf(programClient)).not.toBe(secret);
  });

  it("is refused with a wrong secret, without one, and for scopes that are not its own", async () => {
    const { token, signIn } = await runningSignIn();
    const grant = { grant_type: "client_credentials" };
    expect(await token(grant, basic("wrong"))).toMatchObject({ status: 401, error: "invalid_client" });
    expect(await token({ ...grant, client_id: programClient })).toMatchObject({ status: 401, error: "invalid_client" });
    expect(
      await token({ ...grant, scope: "signoff/lists.write" }, basic(signIn.secretOf(programClient))),
    ).toMatchObject({ status: 400, error: "invalid_scope" });
  });

  it("is refused where the client is the page's, which has no secret", async () => {
    const { token } = await runningSignIn();
    expect(await token({ grant_type: "client_credentials", client_id: pageClient })).toMatchObject({
      status: 400,
      error: "unauthorized_client",
    });
  });
});
