/** Somebody who can sign in on this machine without a password. */
export interface SignInPerson {
  /** Token's `sub`: what the people table knows them by. */
  readonly sub: string;
  /** Token's `username`. */
  readonly username: string;
  readonly name: string;
  /** One line for the page on which one chooses. */
  readonly may: string;
}
