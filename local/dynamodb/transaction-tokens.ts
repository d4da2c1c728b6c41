import { createHash } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Storage, Write } from "../storage/storage.ts";
import { AwsError } from "../wire/aws-error.ts";

/** How long AWS remembers a ClientRequestToken. */
const lifeMilliseconds = 10 * 60 * 1000;
const prefix = "token/";

const storedToken = z.object({ hash: z.string(), expiresAt: z.number() });

/** Remembers finished transactions, so that one sent again is answered but not done again, also across a crash. */
export class TransactionTokens {
  readonly #clock: Clock;
  /** In the order of their expiry. */
  readonly #tokens = new Map<string, z.infer<typeof storedToken>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async load(storage: Storage): Promise<void> {
    const stored: [string, z.infer<typeof storedToken>][] = [];
    for await (const [key, value] of storage.entries(prefix))
      stored.push([key.slice(prefix.length), storedToken.parse(value)]);
    stored.sort(([, a], [, b]) => a.expiresAt - b.expiresAt);
    for (const [token, entry] of stored) this.#tokens.set(token, entry);
  }

  /** Whether this very transaction was done before. @throws {AwsError} IdempotentParameterMismatchException when another was, under the token. */
  wasDone(token: string, transaction: unknown): boolean {
    const known = this.#tokens.get(token);
    if (!known || known.expiresAt <= this.#clock.now().getTime()) return false;
    if (known.hash === hashOf(transaction)) return true;
    throw new AwsError(
      "IdempotentParameterMismatchException",
      "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical",
    );
  }

  /** What to write beside the transaction's changes: its token, and that those which expired are gone. */
  remember(token: string, transaction: unknown): readonly Write[] {
    const now = this.#clock.now().getTime();
    const writes: Write[] = [];
    for (const [old, { expiresAt }] of this.#tokens) {
      if (expiresAt > now && old !== token) break;
      this.#tokens.delete(old);
      writes.push({ key: prefix + old, delete: true });
    }
    const entry = { hash: hashOf(transaction), expiresAt: now + lifeMilliseconds };
    this.#tokens.set(token, entry);
    writes.push({ key: prefix + token, value: entry });
    return writes;
  }
}

const hashOf = (transaction: unknown) => createHash("sha256").update(JSON.stringify(transaction)).digest("hex");
