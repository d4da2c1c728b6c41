import type { Attempt } from "./authorization.ts";

// What may outlive the redirect to sign-in, in this tab alone: verifier and state, taken out at first use. Tokens never come here.

type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const attemptKey = "signoff.sign-in";
const signedInKey = "signoff.signed-in";

export function keepAttempt(storage: TabStorage, attempt: Attempt): void {
  storage.setItem(attemptKey, JSON.stringify(attempt));
}

/** The attempt under way, once; null when there is none or it is not readable. */
export function takeAttempt(storage: TabStorage): Attempt | null {
  const text = storage.getItem(attemptKey);
  storage.removeItem(attemptKey);
  if (text === null) return null;
  const [state, verifier, returnTo] = ["state", "verifier", "returnTo"].map((name) => member(text, name));
  if (state === undefined || verifier === undefined) return null;
  return { state, verifier, returnTo: returnTo ?? "" };
}

function member(text: string, name: string): string | undefined {
  try {
    const value: unknown = Reflect.get(JSON.parse(text), name);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A reload of a tab that was signed in goes on to sign-in without asking: the tokens went with the old page. */
export const markSignedIn = (storage: TabStorage): void => storage.setItem(signedInKey, "yes");
export const wasSignedIn = (storage: TabStorage): boolean => storage.getItem(signedInKey) !== null;
export function forgetSignIn(storage: TabStorage): void {
  storage.removeItem(signedInKey);
  storage.removeItem(attemptKey);
}
