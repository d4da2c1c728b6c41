import * as z from "zod";
import { decisionAction } from "./decision.ts";
import { routing, severity, triggerKind } from "./disposition.ts";
import { timestamp, workflow } from "./identifiers.ts";

const share = z.number().min(0).max(1);
const id = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, "lower-case letters, digits and hyphens, a letter first");
/** A CEL expression over `field`, `signal`, `unjudged`, `observed` and `document` that yields true or false. */
const condition = z.string().min(1).max(1_000);
const sentence = z.string().min(1).max(500);

/** One rule that hands a case to a person. In `message`, `observed` and `limit`, `{…}` holds a CEL expression that yields a string. */
export const trigger = z
  .strictObject({
    id,
    kind: triggerKind,
    severity,
    when: condition,
    message: sentence,
    observed: sentence,
    limit: sentence,
    /** Fields a reviewer should look at. */
    fields: z.array(z.string()).default([]),
    /** Where this trigger wants the case; the strictest of all that fired wins. Left out: the policy's own routing. */
    routing: routing.partial().optional(),
  })
  .meta({ id: "Trigger" });
export type Trigger = z.infer<typeof trigger>;

/** A kind of case that always pauses, however sure the software is and whatever the other rules say. */
export const edgeCase = z.strictObject({ id, label: sentence, when: condition }).meta({ id: "EdgeCase" });

/** What software must show before it may go on: cases graded by people, and the largest share of them that it got wrong. */
export const exitCriteria = z.strictObject({ minCases: z.int().positive(), maxErrorRate: share });
export type ExitCriteria = z.infer<typeof exitCriteria>;

/** shadow: people decide everything, the software is graded. pilot: a share passes alone. live: all that passes the rules does. */
export const autonomyStage = z.enum(["shadow", "pilot", "live"]);
export type AutonomyStage = z.infer<typeof autonomyStage>;

const autonomy = z.strictObject({
  stage: autonomyStage,
  /** Share of what passes the rules that a pilot lets pass, drawn at random. */
  pilotShare: share,
  /** What lets the dial go from shadow to pilot, from pilot to live; and above which error rate live is no longer kept. */
  exit: z.strictObject({ shadow: exitCriteria, pilot: exitCriteria, live: exitCriteria }),
});

/** What a role may let through, whatever a person's own limits say; the narrower of the two counts. */
const roleAuthority = z.strictObject({
  actions: z.array(decisionAction),
  /** Largest amount, in minor units by currency (ISO 4217); `null`: no limit of the role's own. */
  maxAmounts: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().nonnegative()).nullable(),
  /** Edge cases this role may decide. */
  edgeCases: z.union([z.literal("*"), z.array(id)]),
});

/** What must have been looked at, or be attached, before a case with one of these reasons is let through. */
export const evidenceRule = z
  .strictObject({
    id,
    label: sentence,
    /** open: every page image was opened by the person who answers. attach: a file was attached to the answer. */
    kind: z.enum(["open", "attach"]),
    /** Trigger ids, edge-case ids, or every reviewed case. */
    reasons: z.union([z.literal("*"), z.array(z.string()).min(1)]),
  })
  .meta({ id: "EvidenceRule" });
export type EvidenceRule = z.infer<typeof evidenceRule>;

/** When a second person decides without seeing the first answer. Any of these is enough; a disagreement goes to an expert. */
const fourEyes = z.strictObject({
  when: condition.nullable(),
  /** The amount that would be let through is above this, in minor units by currency. */
  amountAbove: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().nonnegative()),
  /** The first answer changed one of these fields. */
  correctedFields: z.array(z.string()),
});

/** What a workflow's owner has decided: when software may act alone, who answers otherwise, by when, and with what authority. */
export const policy = z
  .strictObject({
    workflow,
    version: z.int().positive(),
    /** Who answers for what passes without a person. */
    accountableOwner: z.string().trim().min(1, "A policy names the owner who answers for it.").max(200),
    /** Stopped: every case goes to people, whatever the rules say. */
    stopped: z.boolean(),
    /** Actions that the software may take alone; anything else it proposes needs a person. */
    permissions: z.strictObject({ actions: z.array(z.string().min(1).max(60)) }),
    autonomy,
    /** Smallest confidence with which the system may act alone, by field. A field listed here must have been found. */
    confidenceLimits: z.record(z.string(), share),
    triggers: z.array(trigger).max(200),
    edgeCases: z.array(edgeCase).max(100),
    routing,
    authority: z.strictObject({ reviewer: roleAuthority, expert: roleAuthority, owner: roleAuthority }),
    /** What a good answer looks like, shown to reviewers. */
    criteria: z.array(sentence).max(50),
    /** How to go about it, in plain words, shown to reviewers. */
    instructions: z.string().max(4_000),
    evidence: z.array(evidenceRule).max(50),
    /**
     * share: of what passes, drawn at random and reviewed later, blind. blindShare: of what is reviewed anyway, shown blind,
     * so that blindness gives nothing away; left out, the same share. hold: the outcome waits for the audit.
     */
    audit: z.strictObject({ share, blindShare: share.optional(), hold: z.boolean() }),
    fourEyes,
    /** How long a claim lasts unless renewed, in seconds. */
    claimSeconds: z.int().min(60).max(86_400),
    /** How long the sender has to answer a question, in seconds; then the reviewer who asked goes on without. */
    senderSeconds: z.int().min(3_600).max(7_776_000),
    /** Days that a closed case's rows are kept; the ledger stays. */
    retention: z.strictObject({ caseDays: z.int().min(30).max(36_500) }),
  })
  .meta({ id: "Policy" });
export type Policy = z.infer<typeof policy>;

/** `<workflow>-<base version>-<eight characters>`; names the execution that waits for the signature, too. */
export const policyChangeId = z.string().regex(/^[a-z]+-\d{1,9}-[a-z2-7]{8}$/);

/** tightens: less passes alone, or more is asked of people. loosens: everything that is not known to tighten. */
export const policyDifference = z.object({
  path: z.string(),
  effect: z.enum(["tightens", "loosens", "neutral"]),
  /** One sentence: "gross: confidence limit from 0.9 to 0.95". */
  summary: z.string(),
});
export type PolicyDifference = z.infer<typeof policyDifference>;

/** A proposed change. It applies at once when it only tightens; otherwise when a second owner signs. */
export const policyChange = z
  .object({
    changeId: policyChangeId,
    workflow,
    status: z.enum(["waiting", "applied", "refused", "expired", "superseded"]),
    baseVersion: z.int().positive(),
    /** Version that it became; null until it applies. */
    version: z.int().positive().nullable(),
    differences: z.array(policyDifference),
    because: z.string(),
    proposedBy: z.string(),
    proposedByName: z.string(),
    proposedAt: timestamp,
    /** Until when a second owner can sign. */
    expiresAt: timestamp.nullable(),
    answeredBy: z.string().nullable(),
    answeredByName: z.string().nullable(),
    answeredAt: timestamp.nullable(),
    note: z.string().nullable(),
    policy,
  })
  .meta({ id: "PolicyChange" });
export type PolicyChange = z.infer<typeof policyChange>;

const because = z.string().trim().min(1, "Say why: it stands in the ledger.").max(1_000);
export const proposePolicyChangeRequest = z.object({ policy: z.unknown(), because });
export const answerPolicyChangeRequest = z.object({
  answer: z.enum(["sign", "refuse"]),
  note: z.string().max(1_000).optional(),
});
export const stopRequest = z.object({ because });

export const getPolicyResponse = z.object({
  policy,
  /** SHA-256 of the canonical document, hex. */
  hash: z.string(),
  /** Waiting first, then the newest; at most 20. */
  changes: z.array(policyChange),
  /** What the owner may speak of in expressions. */
  vocabulary: z.object({
    fields: z.array(z.object({ name: z.string(), label: z.string() })),
    signals: z.array(z.object({ name: z.string(), states: z.string() })),
  }),
  /** Where the dial stands against its exit criteria. */
  progress: z.object({ cases: z.int(), wrong: z.int(), criteria: exitCriteria, met: z.boolean() }),
});
export const policyPath = z.object({ workflow });
export const policyVersionPath = z.object({ workflow, version: z.coerce.number().int().positive() });
export const policyChangePath = z.object({ workflow, changeId: policyChangeId });
