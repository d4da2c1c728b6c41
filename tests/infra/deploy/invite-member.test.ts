import { describe, expect, it } from "vitest";
import { readInvitation } from "../../../infra/deploy/invitation.ts";
import { invite, type MembershipRow } from "../../../infra/deploy/invite-member.ts";

/** A user pool and a people table in memory. */
function anAccount() {
  const people = new Map<string, string>();
  const rows = new Map<string, MembershipRow>();
  return {
    people,
    rows,
    directory: {
      ensurePerson: async (email: string) => {
        const known = people.get(email);
        if (known !== undefined) return { personId: known, created: false };
        const personId = `sub-${people.size + 1}`;
        people.set(email, personId);
        return { personId, created: true };
      },
    },
    memberships: {
      put: async (row: MembershipRow) => {
        rows.set(`${row.personId}/${row.workflow}`, row);
      },
    },
  };
}

describe("invite", () => {
  it("makes a person who can sign in, with a membership under the id that their tokens carry", async () => {
    const account = anAccount();
    const sentence = await invite(readInvitation(["ada@example.com", "--role", "owner", "--unlimited"]), account);
    expect([...account.rows.values()]).toEqual([
      { personId: "sub-1", name: "ada", workflow: "invoices", role: "owner", queues: "*", limits: {}, unlimited: true },
    ]);
    expect(sentence).toMatch(/ada@example\.com is now owner in invoices\. They were sent an e-mail/);
  });

  it("replaces the membership of somebody invited before, and makes no second person", async () => {
    const account = anAccount();
    await invite(readInvitation(["ada@example.com", "--role", "owner", "--unlimited"]), account);
    const sentence = await invite(
      readInvitation(["ada@example.com", "--role", "reviewer", "--limit", "EUR=5"]),
      account,
    );
    expect(account.people.size).toBe(1);
    expect([...account.rows.values()]).toMatchObject([{ role: "reviewer", limits: { EUR: 500 }, unlimited: false }]);
    expect(sentence).toMatch(/could sign in already/);
  });

  it("gives a program a membership under its client id, and no sign-in", async () => {
    const account = anAccount();
    await invite(readInvitation(["--program", "1a2b3c"]), account);
    expect(account.people.size).toBe(0);
    expect([...account.rows.keys()]).toEqual(["1a2b3c/invoices"]);
  });
});
