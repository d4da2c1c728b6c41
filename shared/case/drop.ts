import type { Reason } from "../contracts/disposition.ts";
import { type Workflow, workflow } from "../contracts/identifiers.ts";

/** Ending of a sidecar: `invoice.pdf.meta.json` carries the metadata of `invoice.pdf`. Put it there first. */
export const sidecarSuffix = ".meta.json";

/** Key under which an announced document is uploaded. The key is ours, so that no file name can point elsewhere. */
export const announcedKey = (workflow: Workflow, caseId: string): string => `${workflow}/api/${caseId}`;
/** Only such a key is worth asking whether it was announced. */
export const isAnnouncedKey = (key: string): boolean => /^[a-z]+\/api\/[a-z2-7]{26}$/.test(key);

/** The case under whose announcement a key was given out, whether or not one was; null for any other key. */
export const announcedUnder = (key: string): string | null =>
  isAnnouncedKey(key) ? (key.split("/").at(-1) ?? null) : null;

/** Where a case goes whose folder names no workflow: somebody has to look at it. */
export const fallbackWorkflow: Workflow = "invoices";

export type Drop =
  | { readonly kind: "ignored"; readonly because: string }
  | { readonly kind: "case"; readonly workflow: Workflow; readonly fileName: string; readonly obstacles: Reason[] };

/** Reads a drop's key: its first folder is the workflow. Folder markers and sidecars open no case; anything else does. */
export function readDrop(key: string, sizeBytes: number): Drop {
  if (key.endsWith("/") && sizeBytes === 0) return { kind: "ignored", because: "a folder marker" };
  if (key.endsWith(sidecarSuffix)) return { kind: "ignored", because: "the sidecar of another drop" };
  const [folder = "", ...rest] = key.split("/");
  const fileName = displayName(rest.at(-1) ?? folder);
  const named = workflow.safeParse(folder);
  if (named.success && rest.length > 0) return { kind: "case", workflow: named.data, fileName, obstacles: [] };
  return { kind: "case", workflow: fallbackWorkflow, fileName, obstacles: [unknownFolder(folder, rest.length > 0)] };
}

function unknownFolder(folder: string, hasFolder: boolean): Reason {
  const known = workflow.options.join(", ");
  return {
    triggerId: "workflow-unknown",
    kind: "data-quality",
    severity: "medium",
    message: hasFolder ? "The folder names no workflow" : "The file lies in no workflow's folder",
    observed: hasFolder ? displayName(folder) : "No folder",
    limit: `Files are dropped into one of: ${known}`,
    passesIf: `the file were dropped into one of: ${known}`,
    fields: [],
  };
}

/** A file's name as people may see it: no control, line-breaking or direction-changing characters, at most 200 long. */
export function displayName(name: string): string {
  const clean = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  // By characters, so that none is cut in half.
  return clean === "" ? "unnamed" : [...clean].slice(0, 200).join("");
}

export function metadataUnreadable(problem: string): Reason {
  return {
    triggerId: "metadata-unreadable",
    kind: "data-quality",
    severity: "medium",
    message: "The drop's metadata cannot be read",
    observed: problem,
    limit: "Metadata holds submitter, reference and dueAt (ISO 8601), as S3 metadata or in a sidecar",
    passesIf: "the metadata could be read, so that who submitted the document is known",
    fields: [],
  };
}
