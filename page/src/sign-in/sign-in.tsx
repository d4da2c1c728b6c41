import { useEffect, useRef } from "preact/hooks";
import { Mark } from "../view/mark.tsx";
import type { Session } from "./session.ts";

/** The door: one sentence on what this is, what went wrong last time, one button. */
export function SignIn({ session, message }: { session: Session; message: string | null }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <main class="door">
      <h1>
        <Mark />
        Signoff
      </h1>
      <p>Cases that software may not decide alone wait here for a person.</p>
      {message !== null && (
        <p class="look" role="alert">
          {message}
        </p>
      )}
      <button ref={button} type="button" class="go" onClick={() => void session.signIn()}>
        Sign in
      </button>
    </main>
  );
}
