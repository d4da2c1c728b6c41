import type { Person } from "../contracts/people.ts";

/** Who may do what. Read at every state change: a membership removed a minute ago no longer counts. */
export interface People {
  /** Null for somebody without any membership. */
  find(personId: string): Promise<Person | null>;
}
