import { expect, it } from "vitest";
import { proposalOf } from "../../../shared/proposal/proposals.ts";
import { aCase, aProposal } from "../case/builders.ts";

const stored = { find: async () => aProposal({ documentHash: "a".repeat(64) }) };

it("is the case's, also where the case died before it knew which document was read", async () => {
  expect(await proposalOf(aCase({ documentHash: null }), stored)).toMatchObject({ action: "pay" });
});

it("is none where it was made for a version that the sender has replaced, and the new one could not be read", async () => {
  expect(await proposalOf(aCase({ documentHash: null, earlierVersions: ["v0"] }), stored)).toBeNull();
  const read = aCase({ documentHash: "a".repeat(64), earlierVersions: ["v0"] });
  expect(await proposalOf(read, stored)).toMatchObject({ action: "pay" });
});
