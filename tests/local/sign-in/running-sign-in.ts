import { createHash } from "node:crypto";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { openSignIn } from "../../../local/sign-in/sign-in.ts";
import { writtenTemplate } from "../stack/written-assembly.ts";
import { memoryStorage } from "../states/memory-storage.ts";

const clientOf = (properties: Record<string, unknown>) => ({
  Type: "AWS::Cognito::UserPoolClient",
  Properties: { UserPoolId: { Ref: "Pool" }, ...properties },
});

const template = writtenTemplate({
  resources: {
    Pool: { Type: "AWS::Cognito::UserPool" },
    Page: clientOf({
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "profile", "signoff/cases.read"],
      CallbackURLs: ["https://page.example/"],
      LogoutURLs: ["https://page.example/"],
      AccessTokenValidity: 15,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { AccessToken: "minutes", RefreshToken: "minutes" },
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
    }),
    Program: clientOf({
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["signoff/cases.submit", "signoff/cases.read"],
      GenerateSecret: true,
    }),
  },
});

export const pageClient = template.resource("Page").ref;
export const programClient = template.resource("Program").ref;
export const pageAddress = "http://127.0.0.1:4700/";
export const issuer = "http://127.0.0.1:4702";
const verifier = "a-verifier-that-is-long-enough-to-be-one-1234";
const challenge = createHash("sha256").update(verifier).digest("base64url");
const people = [
  { sub: "sub-1", username: "reviewer-1", name: "Reviewer <1>", may: "Decides & signs" },
  { sub: "sub-2", username: "owner-1", name: "Owner 1", may: "Decides everything" },
];

export async function runningSignIn(storage = memoryStorage()) {
  const clock = new TurnedClock();
  const signIn = await openSignIn({
    template,
    storage,
    clock,
    people,
    issuer,
    pageOrigin: "http://127.0.0.1:4700",
    localise: (text) => text.replace("https://page.example", "http://127.0.0.1:4700"),
  });
  const call = async (
    method: string,
    path: string,
    parameters: Record<string, string>,
    headers: Record<string, string> = {},
  ) => {
    const encoded = new URLSearchParams(parameters).toString();
    const response = await signIn.handle({
      method,
      path,
      rawQuery: method === "GET" ? encoded : "",
      headers,
      body: Buffer.from(method === "GET" ? "" : encoded),
      sourceIp: "127.0.0.1",
    });
    return { ...response, headers: response.headers ?? {}, body: String(response.body ?? "") };
  };
  const authorizeRequest = {
    response_type: "code",
    client_id: pageClient,
    redirect_uri: pageAddress,
    scope: "openid profile signoff/cases.read",
    state: "state-1",
    nonce: "nonce-1",
    code_challenge: challenge,
    code_challenge_method: "S256",
  };
  /** Chooses a person on the page; answers the code and the session's cookie. */
  const choose = async (person = "sub-1", request: Record<string, string> = authorizeRequest) => {
    const { headers } = await call("POST", "/oauth2/authorize", { ...request, person });
    const location = new URL(String(headers.location));
    return {
      code: location.searchParams.get("code") ?? "",
      location,
      cookie: String(headers["set-cookie"]).split(";")[0] ?? "",
    };
  };
  const token = async (parameters: Record<string, string>, headers: Record<string, string> = {}) => {
    const { status, body } = await call("POST", "/oauth2/token", parameters, headers);
    return { status, ...Object(JSON.parse(body)) };
  };
  const redeem = (code: string, more: Record<string, string> = {}) =>
    token({
      grant_type: "authorization_code",
      code,
      client_id: pageClient,
      redirect_uri: pageAddress,
      code_verifier: verifier,
      ...more,
    });
  return { signIn, clock, call, choose, token, redeem, authorizeRequest };
}
