import { randomUUID } from "node:crypto";
import type { Clock } from "../clock/clock.ts";
import type { Client } from "./clients.ts";
import type { SignInPerson } from "./person.ts";
import type { SigningKey } from "./signing-key.ts";

interface TokenContext {
  readonly client: Client;
  readonly scopes: readonly string[];
  /** Seconds since 1970 at which the person signed in. */
  readonly authTime: number;
  readonly nonce?: string | undefined;
}

export interface Tokens {
  personAccess(person: SignInPerson, context: TokenContext): Promise<string>;
  personId(person: SignInPerson, context: TokenContext): Promise<string>;
  programAccess(client: Client, scopes: readonly string[]): Promise<string>;
}

/** Tokens with the claims that Cognito's have. @see Cognito developer guide, "Understanding the access token" */
export function createTokens(key: SigningKey, clock: Clock, issuer: () => string): Tokens {
  const seconds = () => Math.floor(clock.now().getTime() / 1000);
  const base = (validSeconds: number) => {
    const iat = seconds();
    return { iss: issuer(), iat, exp: iat + validSeconds, jti: randomUUID() };
  };
  return {
    personAccess: ({ sub, username }, { client, scopes, authTime }) =>
      key.sign({
        ...base(client.accessTokenSeconds),
        sub,
        username,
        client_id: client.clientId,
        token_use: "access",
        scope: scopes.join(" "),
        auth_time: authTime,
        version: 2,
      }),
    personId: ({ sub, username, name }, { client, scopes, authTime, nonce }) =>
      key.sign({
        ...base(client.idTokenSeconds),
        sub,
        aud: client.clientId,
        token_use: "id",
        auth_time: authTime,
        "cognito:username": username,
        ...(scopes.includes("profile") ? { name } : {}),
        ...(scopes.includes("email") ? { email: `${username}@example.com`, email_verified: true } : {}),
        ...(nonce === undefined ? {} : { nonce }),
      }),
    programAccess: (client, scopes) =>
      key.sign({
        ...base(client.accessTokenSeconds),
        sub: client.clientId,
        client_id: client.clientId,
        token_use: "access",
        scope: scopes.join(" "),
        auth_time: seconds(),
        version: 2,
      }),
  };
}
