import type { Outcome } from "../../../../shared/contracts/outcome.ts";
import type { Answer } from "../../../../shared/outcome/webhook/attempt.ts";
import type { SendWebhooksPorts } from "../../../../shared/outcome/webhook/send-webhooks.ts";
import type { WebhookKey, WebhookRow, WebhookStore } from "../../../../shared/outcome/webhook/webhook-row.ts";
import { caseId, noon } from "../../case/builders.ts";

export const secret = `whsec_${Buffer.from("a secret of thirty-two bytes ok!").toString("base64")}`;

export const aDetail = (changes: Partial<WebhookRow["detail"]> = {}): WebhookRow["detail"] => ({
  caseId,
  workflow: "invoices",
  outcomeId: `${caseId}-o1`,
  supersedes: null,
  action: "pay",
  bucket: "outcomes",
  key: `invoices/${caseId}.json`,
  reference: null,
  ...changes,
});

export const aWebhookRow = (changes: Partial<WebhookRow> = {}): WebhookRow => ({
  type: "CaseDecided",
  detail: aDetail(),
  occurredAt: noon.toISOString(),
  status: "due",
  attempts: 0,
  since: noon.toISOString(),
  nextAt: noon.toISOString(),
  lastAnswer: null,
  revision: 0,
  ...changes,
});

export const anOutcome = (changes: Partial<Outcome> = {}): Outcome => ({
  schemaVersion: 1,
  outcomeId: `${caseId}-o1`,
  supersedes: null,
  caseId,
  workflow: "invoices",
  action: "pay",
  fields: { gross: "120.00" },
  lines: [],
  decidedBy: { kind: "software", policyVersion: 1 },
  decidedAt: noon.toISOString(),
  note: null,
  accountableOwner: "Olga",
  policyVersion: 1,
  reasons: [],
  reference: null,
  submitter: null,
  source: { bucket: "intake", key: "invoices/a.pdf", versionId: "v1" },
  documentHash: null,
  ...changes,
});

export function inMemoryWebhooks(
  ...rows: readonly WebhookRow[]
): WebhookStore & { readonly rows: Map<string, WebhookRow> } {
  const stored = new Map(rows.map((row) => [row.detail.outcomeId, row]));
  const listed = (status: string, until: string, limit: number): WebhookKey[] =>
    [...stored.values()]
      .filter((row) => row.status === status && row.nextAt <= until)
      .sort((a, b) => (a.nextAt < b.nextAt ? -1 : 1))
      .slice(0, limit)
      .map(({ detail: { caseId, outcomeId } }) => ({ caseId, outcomeId }));
  return {
    rows: stored,
    add: async (row) => {
      if (stored.has(row.detail.outcomeId)) return false;
      stored.set(row.detail.outcomeId, row);
      return true;
    },
    find: async ({ outcomeId }) => stored.get(outcomeId) ?? null,
    due: async (at, limit) => listed("due", at.toISOString(), limit),
    dead: async (limit) => listed("dead", "9", limit),
    replace: async (row) => {
      if (stored.get(row.detail.outcomeId)?.revision !== row.revision - 1) return false;
      stored.set(row.detail.outcomeId, row);
      return true;
    },
  };
}

/** A sender whose receiver answers in turn, the last answer for ever, with a clock of its own. */
export function aSender(webhooks: WebhookStore, ...answers: readonly Answer[]) {
  const posted: { body: string; headers: Readonly<Record<string, string>> }[] = [];
  let at = noon;
  let stored = anOutcome();
  const ports: SendWebhooksPorts = {
    webhooks,
    outcomes: { find: async () => stored },
    secret: async () => secret,
    post: async (body, headers) => {
      posted.push({ body, headers });
      return answers[Math.min(posted.length, answers.length) - 1] ?? { status: 200 };
    },
    now: () => at,
    random: () => 0,
  };
  return {
    ports,
    posted,
    turn: (seconds: number) => {
      at = new Date(at.getTime() + seconds * 1000);
    },
    lies: (outcome: Outcome) => {
      stored = outcome;
    },
  };
}
