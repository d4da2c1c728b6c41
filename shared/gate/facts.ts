import type { Proposal } from "../contracts/proposal.ts";
import type { Facts } from "../policy/compile.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";

/** A proposal as the policy's expressions see it. What was not found is empty, 0 and `found: false`, never absent. */
export function factsOf(proposal: Proposal, { fields, signals }: Vocabulary): Facts {
  const field = Object.fromEntries(
    Object.keys(fields).map((name) => {
      const found = proposal.findings.find((finding) => finding.field === name);
      const text = found?.value ?? "";
      const amount = Number(text);
      return [
        name,
        {
          text,
          amount: text !== "" && Number.isFinite(amount) ? amount : 0,
          confidence: found?.confidence ?? 0,
          found: text !== "",
        },
      ];
    }),
  );
  const each = <T>(pick: (signal: Proposal["signals"][number] | undefined) => T) =>
    Object.fromEntries(
      Object.keys(signals).map((id) => [id, pick(proposal.signals.find((signal) => signal.id === id))]),
    );
  return {
    field,
    signal: each((signal) => signal?.fired === true),
    unjudged: each((signal) => signal === undefined || signal.fired === null),
    observed: each((signal) => signal?.observed ?? "not judged"),
    document: {
      pages: BigInt(proposal.pages),
      detected: proposal.findings.some((finding) => finding.source === "text-detection"),
    },
  };
}
