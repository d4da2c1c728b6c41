import { describe, expect, it } from "vitest";
import { addressOf, createClient } from "../../../../page/src/api/client.ts";
import { problemOf } from "../../../../page/src/api/problem.ts";
import type { Session, SessionState } from "../../../../page/src/sign-in/session.ts";
import { createStore } from "../../../../page/src/store.ts";

/** A session whose first token the API refuses, once. */
function aSession(tokens: string[]): Session {
  return {
    state: createStore<SessionState>({ kind: "signed-in", endsAt: null }),
    start: async () => {},
    signIn: async () => {},
    signOut: () => {},
    accessToken: async () => tokens[0] ?? "",
    refused: async () => {
      tokens.shift();
      return tokens.length > 0;
    },
  };
}

describe("the client", () => {
  it("sends token and idempotency key, and renews a refused token once", async () => {
    const seen: string[] = [];
    const client = createClient(aSession(["old", "new"]), async (_, init) => {
      const headers = new Headers(init?.headers);
      seen.push(`${headers.get("authorization")} ${headers.get("idempotency-key")}`);
      return seen.length === 1 ? new Response("{}", { status: 401 }) : new Response(null, { status: 204 });
    });
    await client.call("releaseReview", { path: { reviewId: "a-1" }, key: "k" });
    expect(seen).toEqual(["Bearer old k", "Bearer new k"]);
  });

  it("says so when an answer lacks what the contract promises", async () => {
    const client = createClient(aSession(["t"]), async () => Response.json({ personId: "p", name: "P" }));
    await expect(client.call("getMe")).rejects.toThrow('holds no "memberships"');
  });

  it("tells an unreachable server from one that refuses", async () => {
    const away = createClient(aSession(["t"]), async () => {
      throw new TypeError("Failed to fetch");
    });
    await expect(away.call("getMe")).rejects.toMatchObject({ name: "ServerUnreachableError" });
    const refusing = createClient(aSession(["t"]), async () =>
      Response.json({ message: "Forbidden" }, { status: 403 }),
    );
    await expect(refusing.call("getMe")).rejects.toMatchObject({ name: "RequestRefusedError", kind: "not-allowed" });
  });
});

describe("addressOf", () => {
  it("keeps what it fills in at its place", () => {
    expect(addressOf("/api/cases/{caseId}/pages/{page}", { path: { caseId: "../me", page: 2 } })).toBe(
      "/api/cases/..%2Fme/pages/2",
    );
    expect(addressOf("/api/reviews", { query: { status: "waiting", cursor: null } })).toBe(
      "/api/reviews?status=waiting",
    );
  });
});

describe("problemOf", () => {
  it("takes a problem as it is, and makes one of anything else", () => {
    const problem = { type: "urn:signoff:problem:conflict", title: "t", status: 409, detail: "d" };
    expect(problemOf(409, problem)).toBe(problem);
    expect(problemOf(429, { message: "Too Many Requests" }).type).toBe("urn:signoff:problem:busy");
    expect(problemOf(502, undefined)).toMatchObject({ status: 502, detail: expect.stringContaining("502") });
  });
});
