import type { routes } from "../../shared/contracts/routes.ts";
import { noon } from "../shared/case/builders.ts";
import { aPolicy } from "../shared/policy/a-policy.ts";

type WithBody = {
  [N in keyof typeof routes]: (typeof routes)[N] extends { body: unknown } ? N : never;
}[keyof typeof routes];

/** What each route takes: two bodies that say different things. */
export const validBodies: Readonly<Record<WithBody, readonly [object, object]>> = {
  submitCase: [
    { workflow: "invoices", fileName: "a.pdf", sizeBytes: 1 },
    { workflow: "invoices", fileName: "a.pdf", sizeBytes: 2 },
  ],
  decideReview: [{ action: "approve" }, { action: "reject", note: "Paid twice." }],
  assignReview: [{ personId: "ron" }, { personId: "eva" }],
  attachEvidence: [
    { fileName: "a.txt", contentType: "text/plain", content: "YQ==" },
    { fileName: "a.txt", contentType: "text/plain", content: "Yg==" },
  ],
  sendMessage: [{ text: "It is." }, { text: "It is not." }],
  withdrawCase: [{ because: "Sent twice" }, { because: "Wrong amount" }],
  reopenCase: [{ because: "The supplier called." }, { because: "The bank called." }],
  reportImpact: [
    { amountMinor: 1, currency: "EUR", source: "A letter", date: "2026-03-01" },
    { amountMinor: 2, currency: "EUR", source: "A letter", date: "2026-03-01" },
  ],
  proposePolicyChange: [
    { policy: aPolicy(), because: "It is time" },
    { policy: aPolicy({ stopped: true }), because: "It is time" },
  ],
  answerPolicyChange: [{ answer: "sign" }, { answer: "refuse" }],
  stopWorkflow: [{ because: "Something is wrong" }, { because: "All is wrong" }],
  putPerson: [
    { name: "Nina", membership: null },
    { name: "Nina", membership: { role: "reviewer", queues: "*", limits: {}, unlimited: false } },
  ],
  setAbsence: [
    { coveredBy: "ron", until: noon.toISOString() },
    { coveredBy: "ron", until: null },
  ],
  putList: [{ csv: "a" }, { csv: "b" }],
};
