import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from "jose";
import * as z from "zod";
import type { Storage } from "../storage/storage.ts";

export interface SigningKey {
  sign(claims: JWTPayload): Promise<string>;
  /** The public half, as `/.well-known/jwks.json` shows it. */
  readonly publicKeys: { readonly keys: readonly JWK[] };
}

const algorithm = "RS256"; // as Cognito signs
const storageKey = "signing-key";

const storedKey = z.object({
  kty: z.literal("RSA"),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
  kid: z.string(),
});

/** This machine's key: drawn at the first start, the same afterwards, so that a token outlives a restart. */
export async function openSigningKey(storage: Storage): Promise<SigningKey> {
  const stored = storedKey.safeParse(await storage.get(storageKey));
  const jwk = stored.success ? stored.data : await drawKey(storage);
  const key = await importJWK(jwk, algorithm);
  const { kty, n, e, kid } = jwk;
  return {
    publicKeys: { keys: [{ kty, n, e, kid, alg: algorithm, use: "sig" }] },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid }).sign(key),
  };
}

async function drawKey(storage: Storage): Promise<z.infer<typeof storedKey>> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const complete = storedKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
  await storage.write([{ key: storageKey, value: complete }]);
  return complete;
}
