import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvitationRefusedError, readInvitation } from "../../../infra/deploy/invitation.ts";

describe("an invitation", () => {
  it("makes an owner who may let any amount through, in the workflow that there is", () => {
    expect(readInvitation(["Ada@Example.com", "--role", "owner", "--unlimited"])).toEqual({
      who: { kind: "person", email: "ada@example.com" },
      name: "Ada",
      membership: { workflow: "invoices", role: "owner", queues: "*", limits: {}, unlimited: true },
    });
  });

  it("takes limits in the currency's own unit, and keeps them in its smallest", () => {
    const limits = ["EUR=5000", "CHF=10.5", "JPY=100000", "KWD=1.234"].flatMap((limit) => ["--limit", limit]);
    const { membership } = readInvitation(["ada@example.com", "--role", "reviewer", ...limits]);
    expect(membership.limits).toEqual({ EUR: 500_000, CHF: 1_050, JPY: 100_000, KWD: 1_234 });
  });

  it("keeps every whole amount exact", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 - 1 }), fc.integer({ min: 0, max: 99 }), (euros, cents) => {
        const limit = `EUR=${euros}.${String(cents).padStart(2, "0")}`;
        const { membership } = readInvitation(["ada@example.com", "--role", "reviewer", "--limit", limit]);
        expect(membership.limits.EUR).toBe(euros * 100 + cents);
      }),
    );
  });

  it("names queues of the workflow", () => {
    const { membership } = readInvitation([
      "ada@example.com",
      "--role",
      "expert",
      "--unlimited",
      "--queues",
      "invoices, invoices/sales",
    ]);
    expect(membership.queues).toEqual(["invoices", "invoices/sales"]);
  });

  it("makes a submitter without limits", () => {
    expect(readInvitation(["ada@example.com", "--role", "submitter"]).membership).toMatchObject({
      role: "submitter",
      limits: {},
    });
  });

  it("lets a program submit", () => {
    expect(readInvitation(["--program", "1a2b3c", "--name", "ERP"])).toEqual({
      who: { kind: "program", clientId: "1a2b3c" },
      name: "ERP",
      membership: { workflow: "invoices", role: "submitter", queues: "*", limits: {}, unlimited: false },
    });
  });

  it.each([
    ["nobody", ["--role", "owner", "--unlimited"], /Name one e-mail address; received: none/],
    ["two at once", ["a@example.com", "b@example.com", "--role", "owner"], /Name one e-mail address/],
    ["what is no address", ["ada", "--role", "owner", "--unlimited"], /Name one e-mail address; received: ada/],
    ["no role", ["ada@example.com"], /--role is one of submitter, reviewer, expert, owner; received: none/],
    ["an unknown role", ["ada@example.com", "--role", "boss"], /received: boss/],
    ["a reviewer who may let nothing through", ["ada@example.com", "--role", "reviewer"], /add --limit/],
    [
      "an unknown workflow",
      ["ada@example.com", "--role", "owner", "--unlimited", "--workflow", "letters"],
      /no workflow "letters"/,
    ],
    [
      "another workflow's queue",
      ["ada@example.com", "--role", "owner", "--unlimited", "--queues", "letters"],
      /no queue of invoices/,
    ],
    ["a limit without currency", ["ada@example.com", "--role", "owner", "--limit", "5000"], /"5000" is no limit/],
    ["a fraction of a cent", ["ada@example.com", "--role", "owner", "--limit", "EUR=1.005"], /"EUR=1.005" is no limit/],
    ["a negative limit", ["ada@example.com", "--role", "owner", "--limit=EUR=-5"], /is no limit/],
    ["a program that decides", ["--program", "1a2b3c", "--role", "owner"], /decisions are for people/],
    ["a person as a program", ["ada@example.com", "--program", "1a2b3c"], /not both/],
    ["an unknown option", ["ada@example.com", "--admin"], /--admin/],
  ])("refuses %s, and shows how it is used", (_, args, message) => {
    expect(() => readInvitation(args)).toThrow(InvitationRefusedError);
    expect(() => readInvitation(args)).toThrow(message);
    expect(() => readInvitation(args)).toThrow(/Usage:/);
  });
});
