import {
  AuthorizationResponseError,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  ResponseBodyError,
} from "oauth4webapi";
import type { SignInConfig } from "../config.ts";
import { createStore, type Store } from "../store.ts";
import { forgetSignIn, keepAttempt, markSignedIn, takeAttempt, wasSignedIn } from "./attempt.ts";
import { authorizationAddress, redeemCallback, renewTokens, signOutAddress, type Tokens } from "./authorization.ts";

/**
 * signed-out: nobody is known yet; `message` says what went wrong. ended: somebody was signed in and works on; they sign in again
 * from a bar, and nothing they typed is lost. `endsAt`: set when the sign-in cannot be renewed by itself.
 */
export type SessionState =
  | { readonly kind: "starting" }
  | { readonly kind: "signed-out"; readonly message: string | null }
  | { readonly kind: "signed-in"; readonly endsAt: number | null }
  | { readonly kind: "ended" };

/** There is no good access token; the person has to sign in again. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
}

/** What the session needs of the browser. */
interface SessionPorts {
  readonly config: SignInConfig;
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly location: Pick<Location, "href" | "origin" | "hash" | "assign">;
  /** Takes code and state out of the address bar, so that a reload does not redeem them twice. */
  replaceAddress(path: string): void;
  now(): number;
}

export interface Session {
  readonly state: Store<SessionState>;
  start(): Promise<void>;
  signIn(): Promise<void>;
  signOut(): void;
  /** @throws {SessionEndedError} when it has ended and cannot be renewed. */
  accessToken(): Promise<string>;
  /** The API refused this token. @returns whether a new one was had, so that a retry is worth it. */
  refused(token: string): Promise<boolean>;
}

/** Tokens are renewed this long before they end, in milliseconds: more than one poll and one slow request. */
const renewAheadMilliseconds = 60_000;

export function createSession(ports: SessionPorts): Session {
  const { config, storage, location, now } = ports;
  const state = createStore<SessionState>({ kind: "starting" });
  const redirectUri = `${location.origin}/`;
  let held: Tokens | null = null;
  let renewing: Promise<Tokens> | null = null;

  const hold = (tokens: Tokens) => {
    held = tokens;
    const endsAt = tokens.refreshToken === null ? tokens.expiresAt : null;
    state.set({ kind: "signed-in", endsAt });
    return tokens;
  };
  const end = (): never => {
    held = null;
    state.set({ kind: "ended" });
    throw new SessionEndedError("Your sign-in has ended. Sign in again; what you typed is kept.");
  };
  /** One renewal at a time: a rotated refresh token is good once. */
  const renew = (refreshToken: string) => {
    renewing ??= renewTokens(config, refreshToken, now)
      .then(hold)
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };

  async function accessToken(): Promise<string> {
    if (held === null) return end();
    const left = held.expiresAt - now();
    if (left > renewAheadMilliseconds || (held.refreshToken === null && left > 0)) return held.accessToken;
    if (held.refreshToken === null) return end();
    try {
      return (await renew(held.refreshToken)).accessToken;
    } catch (error) {
      if (error instanceof ResponseBodyError) return end();
      if (left > 0 && held !== null) return held.accessToken; // the sign-in server is away; the token is still good
      throw error;
    }
  }

  async function signIn() {
    const verifier = generateRandomCodeVerifier();
    const attempt = { state: generateRandomState(), verifier, returnTo: location.hash };
    keepAttempt(storage, attempt);
    const challenge = await calculatePKCECodeChallenge(verifier);
    location.assign(authorizationAddress(config, redirectUri, { state: attempt.state, challenge }));
  }

  async function start() {
    const callback = new URL(location.href);
    const isCallback =
      callback.searchParams.has("state") && ["code", "error"].some((name) => callback.searchParams.has(name));
    if (!isCallback) {
      if (wasSignedIn(storage)) return signIn();
      return state.set({ kind: "signed-out", message: null });
    }
    const attempt = takeAttempt(storage);
    ports.replaceAddress(`/${attempt?.returnTo ?? ""}`);
    if (attempt === null) {
      return state.set({
        kind: "signed-out",
        message: "That sign-in was begun in another tab or is too old. Sign in again.",
      });
    }
    try {
      callback.hash = "";
      hold(await redeemCallback(config, callback, redirectUri, attempt, now));
      markSignedIn(storage);
    } catch (error) {
      forgetSignIn(storage);
      state.set({ kind: "signed-out", message: explain(error) });
    }
  }

  return {
    state,
    start,
    signIn,
    accessToken,
    signOut() {
      held = null;
      forgetSignIn(storage);
      location.assign(signOutAddress(config, redirectUri));
    },
    async refused(token) {
      if (held !== null && held.accessToken !== token) return true; // renewed meanwhile
      const refreshToken = held?.refreshToken ?? null;
      held = null;
      if (refreshToken !== null) {
        try {
          await renew(refreshToken);
          return true;
        } catch (error) {
          if (!(error instanceof ResponseBodyError)) throw error;
        }
      }
      state.set({ kind: "ended" });
      return false;
    },
  };
}

function explain(error: unknown): string {
  if (error instanceof AuthorizationResponseError) {
    return `Sign-in was refused: ${error.error_description ?? error.error}. Try again, or ask an owner for access.`;
  }
  if (error instanceof ResponseBodyError) return "The sign-in took too long or was used twice. Sign in again.";
  if (error instanceof TypeError)
    return "The sign-in server could not be reached. Check the connection and sign in again.";
  return "The answer of the sign-in server did not belong to this tab's sign-in, so it was not used. Sign in again.";
}
