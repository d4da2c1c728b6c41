import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Storage } from "../storage/storage.ts";

const granted = z.object({
  sub: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  authTime: z.number(),
  expiresAt: z.iso.datetime(),
});
const session = z.object({ sub: z.string(), authTime: z.number(), expiresAt: z.iso.datetime() });

export type Grant = Omit<z.infer<typeof granted>, "expiresAt">;

interface CodeGrant extends Grant {
  readonly redirectUri: string;
  /** PKCE S256: base64url of SHA-256 of the verifier. Absent for a confidential client that sent none. */
  readonly codeChallenge?: string | undefined;
  readonly nonce?: string | undefined;
}

/** What was promised to browsers: codes for minutes, sessions for an hour, refresh tokens for as long as the client says. */
export interface Grants {
  issueCode(grant: CodeGrant): string;
  /** Gives a code's grant once. */
  redeemCode(code: string): CodeGrant | undefined;
  issueRefresh(grant: Grant, validSeconds: number): Promise<string>;
  findRefresh(token: string): Promise<Grant | undefined>;
  /** Ends a refresh token now, or after a moment in which a lost answer may be asked for again. */
  retireRefresh(token: string, graceSeconds: number): Promise<void>;
  openSession(sub: string, authTime: number): Promise<string>;
  findSession(id: string): Promise<{ readonly sub: string; readonly authTime: number } | undefined>;
  endSession(id: string): Promise<void>;
}

const codeSeconds = 5 * 60; // as Cognito
export const sessionSeconds = 60 * 60; // as Cognito's managed login

export function openGrants(storage: Storage, clock: Clock): Grants {
  const codes = new Map<string, CodeGrant & { expiresAt: number }>();
  const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000).toISOString();

  return {
    issueCode: (grant) => {
      for (const [code, { expiresAt }] of codes) if (expiresAt < clock.now().getTime()) codes.delete(code);
      const code = draw();
      codes.set(code, { ...grant, expiresAt: clock.now().getTime() + codeSeconds * 1000 });
      return code;
    },
    redeemCode: (code) => {
      const grant = codes.get(code);
      codes.delete(code);
      return grant && grant.expiresAt >= clock.now().getTime() ? grant : undefined;
    },
    issueRefresh: async (grant, validSeconds) => {
      const token = draw();
      await storage.write([{ key: refreshKey(token), value: { ...grant, expiresAt: later(validSeconds) } }]);
      return token;
    },
    findRefresh: async (token) => {
      const found = granted.safeParse(await storage.get(refreshKey(token)));
      return found.success && found.data.expiresAt >= clock.now().toISOString() ? found.data : undefined;
    },
    retireRefresh: async (token, graceSeconds) => {
      const found = granted.safeParse(await storage.get(refreshKey(token)));
      if (!found.success) return;
      const expiresAt = [later(graceSeconds), found.data.expiresAt].sort()[0];
      await storage.write([{ key: refreshKey(token), value: { ...found.data, expiresAt } }]);
    },
    openSession: async (sub, authTime) => {
      const id = draw();
      await storage.write([{ key: sessionKey(id), value: { sub, authTime, expiresAt: later(sessionSeconds) } }]);
      return id;
    },
    findSession: async (id) => {
      const found = session.safeParse(await storage.get(sessionKey(id)));
      return found.success && found.data.expiresAt >= clock.now().toISOString() ? found.data : undefined;
    },
    endSession: (id) => storage.write([{ key: sessionKey(id), delete: true }]),
  };
}

const draw = () => randomBytes(32).toString("base64url");
/** Only hashes lie on disk: reading the data directory lets nobody in. */
const hashed = (secret: string) => createHash("sha256").update(secret).digest("base64url");
const refreshKey = (token: string) => `refresh/${hashed(token)}`;
const sessionKey = (id: string) => `session/${hashed(id)}`;
