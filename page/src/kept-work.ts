import type { Draft } from "./case/draft.ts";
import type { Intent } from "./decision/outbox.ts";

/** What a person typed and has not sent, and answers not known to have arrived, for the way through sign-in and back. */
export interface KeptWork {
  readonly personId: string;
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly unsent: readonly Intent[];
}

type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const key = "signoff.work";

/** Keeps work in this tab's storage. It ends with the tab, with sign-out, or when the work is sent. */
export function keepWork(storage: TabStorage, work: KeptWork): void {
  const isNothing = Object.keys(work.drafts).length === 0 && work.unsent.length === 0;
  if (isNothing) storage.removeItem(key);
  else storage.setItem(key, JSON.stringify(work));
}

export const forgetWork = (storage: TabStorage): void => storage.removeItem(key);

/** Takes kept work out of storage; null when there is none, it is not readable, or another person signed in. */
export function takeWork(storage: TabStorage, personId: string): KeptWork | null {
  const text = storage.getItem(key);
  storage.removeItem(key);
  if (text === null) return null;
  try {
    const work: unknown = JSON.parse(text);
    return isKeptWork(work) && work.personId === personId ? work : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const hasTexts = (value: unknown, ...names: string[]) =>
  isRecord(value) && names.every((name) => typeof value[name] === "string");

function isDraft(value: unknown): value is Draft {
  if (!isRecord(value) || typeof value.note !== "string" || !Array.isArray(value.kept)) return false;
  if (!Array.isArray(value.marks) || !value.marks.every((mark) => typeof mark === "string")) return false;
  if (!Array.isArray(value.attachments)) return false;
  if (!value.attachments.every((file) => hasTexts(file, "attachmentId", "fileName"))) return false;
  const lines = value.lines;
  const linesFit =
    lines === null || (Array.isArray(lines) && lines.every((line) => hasTexts(line, "id") && isRecord(line.cells)));
  return linesFit && isRecord(value.fields) && Object.values(value.fields).every((text) => typeof text === "string");
}

function isKeptWork(value: unknown): value is KeptWork {
  if (!isRecord(value) || typeof value.personId !== "string" || !isRecord(value.drafts)) return false;
  if (!Object.values(value.drafts).every(isDraft) || !Array.isArray(value.unsent)) return false;
  return value.unsent.every((intent) => hasTexts(intent, "reviewId", "title", "key") && isRecord(intent.decision));
}
