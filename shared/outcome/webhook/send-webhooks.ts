import type { Outcome } from "../../contracts/outcome.ts";
import { type Answer, afterAttempt } from "./attempt.ts";
import { signedHeaders } from "./signature.ts";
import type { WebhookKey, WebhookRow, WebhookStore } from "./webhook-row.ts";

export interface SendWebhooksPorts {
  readonly webhooks: WebhookStore;
  /** The outcome object as it lies there now; another outcome of the case may have taken its place. */
  readonly outcomes: { find(place: { bucket: string; key: string }): Promise<Outcome> };
  /** `whsec_…`, or the base64 alone. */
  readonly secret: () => Promise<string>;
  /** One POST, 10 seconds at most. Answers instead of throwing, whatever the network does. */
  readonly post: (body: string, headers: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly now: () => Date;
  /** In [0, 1). */
  readonly random: () => number;
}

export type OutcomeEvent = Pick<WebhookRow, "type" | "detail" | "occurredAt">;

export interface Sent {
  readonly delivered: number;
  readonly failed: number;
  readonly dead: readonly string[];
}

/** An attempt that was begun and not ended within this time counts as lost: longer than the function lives. */
const leaseSeconds = 180;
/** Attempts at the same time: with 10 seconds each, 8 a function keep a receiver that hangs from holding up much. */
const attemptsAtOnce = 8;
/** No attempt is begun later than this after the start: it may take 10 seconds, and the function has 120. */
const beginForSeconds = 90;

/** Stores that an outcome is to be sent, then tries once. A repeated event finds its row and sends nothing twice. */
export async function acceptOutcome(event: OutcomeEvent, ports: SendWebhooksPorts): Promise<Sent> {
  const at = ports.now().toISOString();
  await ports.webhooks.add({
    ...event,
    status: "due",
    attempts: 0,
    since: at,
    nextAt: at,
    lastAnswer: null,
    revision: 0,
  });
  return totalOf([await sendOne(event.detail, ports)]);
}

/** Each minute: everything that is due, until nothing is or time runs out. */
export async function sendDueWebhooks(ports: SendWebhooksPorts): Promise<Sent> {
  const { webhooks, now } = ports;
  const start = now();
  const end = start.getTime() + beginForSeconds * 1000;
  const results: (WebhookRow | null)[] = [];
  // As of the start: what fails now comes back in a later minute.
  const queue = await webhooks.due(start, attemptsAtOnce * 16);
  const work = async () => {
    for (let key = queue.shift(); key && now().getTime() < end; key = queue.shift())
      results.push(await sendOne(key, ports));
  };
  await Promise.all(Array.from({ length: attemptsAtOnce }, work));
  return totalOf(results);
}

/** One attempt, by whoever gets hold of the row first; null when there was nothing to do. */
async function sendOne(key: WebhookKey, ports: SendWebhooksPorts): Promise<WebhookRow | null> {
  const { webhooks, now, random } = ports;
  const row = await webhooks.find(key);
  const at = now();
  if (row?.status !== "due" || new Date(row.nextAt) > at) return null;
  const leased = { ...row, revision: row.revision + 1, nextAt: later(at, leaseSeconds) };
  if (!(await webhooks.replace(leased))) return null;
  const answer = await attempt(leased, ports);
  const after = afterAttempt(leased, answer, now(), random());
  await webhooks.replace({ ...after, revision: leased.revision + 1 });
  return after;
}

async function attempt(
  { type, detail, occurredAt }: WebhookRow,
  { outcomes, secret, post, now }: SendWebhooksPorts,
): Promise<Answer> {
  try {
    const outcome = await outcomes.find(detail);
    const body = JSON.stringify({
      type,
      timestamp: occurredAt,
      // A later outcome may lie in its place: then this one is told by reference, and the later one comes by itself.
      data: { ...detail, outcome: outcome.outcomeId === detail.outcomeId ? outcome : null },
    });
    const timestampSeconds = Math.floor(now().getTime() / 1000);
    return await post(body, signedHeaders(await secret(), { id: detail.outcomeId, timestampSeconds, body }));
  } catch (error) {
    return { errorName: error instanceof Error ? error.name : "unknown" };
  }
}

/** Makes what was given up due again, for another three days. Safe to repeat. Answers how many. */
export async function reviveWebhooks(
  webhooks: Pick<WebhookStore, "dead" | "find" | "replace">,
  { now, until }: { now: () => Date; until: Date },
): Promise<number> {
  let revived = 0;
  for (;;) {
    const keys = await webhooks.dead(25);
    let changed = 0;
    for (const key of keys) {
      if (now() >= until) return revived;
      const row = await webhooks.find(key);
      if (row?.status !== "dead") continue;
      const at = now().toISOString();
      const due = { ...row, status: "due" as const, attempts: 0, since: at, nextAt: at, revision: row.revision + 1 };
      if (await webhooks.replace(due)) changed += 1;
    }
    revived += changed;
    // The index follows a moment later: what was revived may still be listed as dead.
    if (changed === 0) return revived;
  }
}

const later = (at: Date, seconds: number): string => new Date(at.getTime() + seconds * 1000).toISOString();

function totalOf(rows: readonly (WebhookRow | null)[]): Sent {
  const tried = rows.filter((row) => row !== null);
  const dead = tried.filter(({ status }) => status === "dead").map(({ detail }) => detail.outcomeId);
  const delivered = tried.filter(({ status }) => status === "delivered").length;
  return { delivered, failed: tried.length - delivered - dead.length, dead };
}
