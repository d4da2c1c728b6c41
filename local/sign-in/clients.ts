import * as z from "zod";
import type { Template } from "../template/template.ts";

/** The template declares a client in a way that this machine's sign-in does not follow. */
class ClientNotImitatedError extends Error {
  override readonly name = "ClientNotImitatedError";
}

export interface Client {
  readonly clientId: string;
  readonly flows: readonly string[];
  readonly scopes: readonly string[];
  /** Addresses on this machine. */
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** Programs prove themselves by a secret; the page, whose code anybody can read, cannot. */
  readonly confidential: boolean;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** A refresh token is replaced at each use, and the old one stays good for a moment. */
  readonly rotation?: { readonly graceSeconds: number };
}

const unitSeconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
const unit = z.enum(["seconds", "minutes", "hours", "days"]);

const shape = z.object({
  AllowedOAuthFlows: z.array(z.enum(["code", "client_credentials"])).default([]),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  GenerateSecret: z.boolean().default(false),
  AccessTokenValidity: z.number().default(1),
  IdTokenValidity: z.number().default(1),
  RefreshTokenValidity: z.number().default(30),
  TokenValidityUnits: z
    .object({
      AccessToken: unit.default("hours"),
      IdToken: unit.default("hours"),
      RefreshToken: unit.default("days"),
    })
    .default({ AccessToken: "hours", IdToken: "hours", RefreshToken: "days" }),
  RefreshTokenRotation: z
    .object({ Feature: z.enum(["ENABLED", "DISABLED"]), RetryGracePeriodSeconds: z.number().default(0) })
    .optional(),
});

/** Every client of the template's user pool. @throws {ClientNotImitatedError} */
export function readClients(template: Template, localise: (text: string) => string): ReadonlyMap<string, Client> {
  return new Map(
    template.ofType("AWS::Cognito::UserPoolClient").map(({ logicalId, ref, properties }) => {
      const { success, data, error } = shape.safeParse(properties);
      if (!success) throw new ClientNotImitatedError(`${logicalId}: ${z.prettifyError(error)}`);
      const units = data.TokenValidityUnits;
      const client: Client = {
        clientId: ref,
        flows: data.AllowedOAuthFlows,
        scopes: data.AllowedOAuthScopes,
        callbackUrls: data.CallbackURLs.map(localise),
        logoutUrls: data.LogoutURLs.map(localise),
        confidential: data.GenerateSecret,
        accessTokenSeconds: data.AccessTokenValidity * unitSeconds[units.AccessToken],
        idTokenSeconds: data.IdTokenValidity * unitSeconds[units.IdToken],
        refreshTokenSeconds: data.RefreshTokenValidity * unitSeconds[units.RefreshToken],
        ...(data.RefreshTokenRotation?.Feature === "ENABLED"
          ? { rotation: { graceSeconds: data.RefreshTokenRotation.RetryGracePeriodSeconds } }
          : {}),
      };
      return [ref, client];
    }),
  );
}
