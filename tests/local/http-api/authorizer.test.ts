import { describe, expect, it } from "vitest";
import { runningApi, theirs } from "./running-api.ts";

const unauthorized = { status: 401, body: '{"message":"Unauthorized"}' };
const forbidden = { status: 403, body: '{"message":"Forbidden"}' };

describe("a route that asks for a token", () => {
  it("lets a good token through and hands its claims to the function as text", async () => {
    const { callClosed, token, events } = runningApi();
    const good = await token({ "cognito:groups": ["a", "b"], email_verified: true });
    expect(await callClosed(`Bearer ${good}`)).toMatchObject({ status: 200 });
    expect(events[0]).toMatchObject({
      requestContext: {
        authorizer: {
          jwt: {
            claims: { sub: "somebody", "cognito:groups": "[a b]", email_verified: "true", exp: "1767604500" },
            scopes: ["cases.read"],
          },
        },
      },
    });
  });

  it("takes an audience where there is one, and the client id only where there is none", async () => {
    const { callClosed, token } = runningApi();
    expect(await callClosed(await token({ aud: ["other", "page"], client_id: "x" }))).toMatchObject({ status: 200 });
    expect(await callClosed(await token({ aud: "other", client_id: "page" }))).toMatchObject(unauthorized);
  });

  it("turns away a request without a token", async () => {
    expect(await runningApi().callClosed()).toMatchObject(unauthorized);
  });

  it("turns away a token that somebody else signed", async () => {
    const { callClosed, token } = runningApi();
    expect(await callClosed(await token({}, { key: theirs.privateKey }))).toMatchObject(unauthorized);
  });

  it("turns away a token whose claims were changed", async () => {
    const { callClosed, token } = runningApi();
    const [header, , signature] = (await token()).split(".");
    const payload = Buffer.from(JSON.stringify({ sub: "owner", client_id: "page" })).toString("base64url");
    expect(await callClosed(`${header}.${payload}.${signature}`)).toMatchObject(unauthorized);
  });

  it("turns away an unsigned token (alg none)", async () => {
    const { callClosed, token } = runningApi();
    const [, payload] = (await token()).split(".");
    const header = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(await callClosed(`${header}.${payload}.`)).toMatchObject(unauthorized);
  });

  it("turns away a token of another issuer, or for another client", async () => {
    const { callClosed, token } = runningApi();
    expect(await callClosed(await token({ iss: "https://elsewhere" }))).toMatchObject(unauthorized);
    expect(await callClosed(await token({ client_id: "program" }))).toMatchObject(unauthorized);
  });

  it("turns away a token that has expired, by the stack's clock", async () => {
    const { callClosed, token, clock } = runningApi();
    const good = await token();
    await clock.advance(899_000);
    expect(await callClosed(good)).toMatchObject({ status: 200 });
    await clock.advance(2_000);
    expect(await callClosed(good)).toMatchObject(unauthorized);
  });

  it("turns away a token that never expires", async () => {
    const { callClosed, token } = runningApi();
    expect(await callClosed(await token({ exp: undefined }))).toMatchObject(unauthorized);
  });

  it("forbids a good token without any of the route's scopes", async () => {
    const { callClosed, token, events } = runningApi();
    expect(await callClosed(await token({ scope: "openid" }))).toMatchObject(forbidden);
    expect(await callClosed(await token({ scope: undefined }))).toMatchObject(forbidden);
    expect(events).toEqual([]);
  });
});
