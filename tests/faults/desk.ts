import * as z from "zod";
import { decideResponse, listReviewsResponse } from "../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../shared/contracts/case.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import { type Answer, type ApiClient, apiClient } from "../stack/api-client.ts";
import type { Machine } from "./machine.ts";
import { type Actor, actorBySub, reaches } from "./people.ts";
import type { Done, World } from "./world.ts";

const claims = z.object({ exp: z.number() });
/** What is asked while the machine is down, or dies over it. */
const nobodyAnswered: Answer = { status: 0, problem: null, body: null };

/** A code or a session ran out before it was used. */
class SignInFailedError extends Error {
  override readonly name = "SignInFailedError";
}

/** People at the page: everything goes through the HTTP API, with tokens as the sign-in gives them. */
export class Desk {
  readonly #machine: Machine;
  readonly #world: World;
  readonly #now: () => number;
  readonly #tokens: Map<string, { readonly token: string; readonly expiresAt: number }>;

  constructor(machine: Machine, world: World, now: () => number, tokens: Desk["tokens"] = new Map()) {
    this.#machine = machine;
    this.#world = world;
    this.#now = now;
    this.#tokens = new Map(tokens);
  }

  /** Tokens that are still good when a schedule begins at the same time as this one. */
  get tokens(): ReadonlyMap<string, { readonly token: string; readonly expiresAt: number }> {
    return this.#tokens;
  }

  async get(by: Actor, path: string): Promise<Answer> {
    return this.#send(by, (client) => client.get(path));
  }

  async post(by: Actor, path: string, body?: unknown, key?: string): Promise<Answer> {
    return this.#send(by, (client) => client.post(path, body, key === undefined ? {} : { key }));
  }

  /** Reviews as this person finds them, `asked` being questions to a sender; null when nobody answered. */
  async listed(by: Actor, which: "waiting" | "asked"): Promise<readonly ReviewSummary[] | null> {
    const { status, body } = await this.get(by, `/api/reviews?status=${which}`);
    return status === 200 ? listReviewsResponse.parse(body).reviews : null;
  }

  /** Answers a review, and remembers what came of it. */
  async decide(by: Actor, review: ReviewSummary, decision: Decision, key?: string): Promise<Answer> {
    const answer = await this.post(by, `/api/reviews/${review.reviewId}/decision`, decision, key);
    const accepted = answer.status === 200 ? decideResponse.parse(answer.body) : null;
    const [stored, unmasked] = [accepted?.decision ?? null, accepted?.unmasked ?? false];
    const { status, problem } = answer;
    this.#world.answers.push({ reviewId: review.reviewId, by, status, problem, stored, unmasked });
    const what = `${by.username} answers ${review.reviewId}${unmasked ? " blind" : ""}: ${decision.action}`;
    this.#world.note(this.#world.readable(`${what} -> ${status || "nobody"} ${problem ?? ""}`.trim()));
    if (stored && !reaches(by.role, review.role)) {
      this.#world.violated(`${by.username} (${by.role}) was let answer a review for the role ${review.role}`);
    }
    if (stored && actorBySub(stored.decidedBy) !== by)
      this.#world.violated(`an answer of ${by.username} was stored as somebody else's`);
    return answer;
  }

  /** Does something else with a case than answering it, and remembers that it was done. */
  async act(by: Actor, what: Done["what"], caseId: string, body: unknown): Promise<Answer> {
    const path = { withdraw: "withdraw", message: "messages", reopen: "reopen" }[what];
    const answer = await this.post(by, `/api/cases/${caseId}/${path}`, body);
    const { status, problem } = answer;
    if (status === 204) this.#world.done.push({ what, caseId, by });
    this.#world.note(
      this.#world.readable(`${by.username}: ${what} ${caseId} -> ${status || "nobody"} ${problem ?? ""}`.trim()),
    );
    return answer;
  }

  async #send(by: Actor, send: (client: ApiClient) => Promise<Answer>): Promise<Answer> {
    if (!this.#machine.up) return nobodyAnswered;
    try {
      return await send(await this.#client(by));
    } catch (error) {
      // The machine died, and its connections with it; or time went on while somebody was signing in.
      if (!this.#machine.up || isConnectionLost(error) || error instanceof SignInFailedError) return nobodyAnswered;
      throw error;
    }
  }

  async #client(by: Actor): Promise<ApiClient> {
    const { stack } = this.#machine;
    const known = this.#tokens.get(by.sub);
    if (known && known.expiresAt > this.#now() + 5_000) return apiClient(stack).withToken(known.token);
    const signingIn =
      by.role === "submitter"
        ? apiClient(stack).asProgram(by.sub)
        : apiClient(stack).asPerson(by.sub, String(stack.outputs.PersonClientId));
    const client = await signingIn.catch((cause: unknown) => {
      throw isConnectionLost(cause) ? cause : new SignInFailedError("No token was given.", { cause });
    });
    const payload: unknown = JSON.parse(Buffer.from(client.token.split(".")[1] ?? "", "base64url").toString("utf8"));
    this.#tokens.set(by.sub, { token: client.token, expiresAt: claims.parse(payload).exp * 1000 });
    return client;
  }
}

/** `fetch` says it in this way. */
const isConnectionLost = (error: unknown): boolean => error instanceof TypeError && error.message === "fetch failed";
