import { type Policy, type PolicyChange, policy, policyChange } from "../../contracts/policy.ts";
import { canonicalJson, hashOf } from "../../ledger/chain.ts";
import { fromItem, type Item, toItem } from "./item.ts";

/** Rows of a workflow's policy, all under one partition: written by owners only, read once a case. */
const partition = (workflow: string) => `POLICY#${workflow}`;

export const currentKey = (workflow: string) => ({ pk: partition(workflow), sk: "CURRENT" });
/** Five digits sort as numbers do; a version is changed by hand. */
export const versionKey = (workflow: string, version: number) => ({
  pk: partition(workflow),
  sk: `VERSION#${String(version).padStart(5, "0")}`,
});
export const changesOf = (workflow: string) => ({ pk: partition(workflow), prefix: "CHANGE#" });
/** `<workflow>-<base version>-<eight characters>`: in the order of the versions that they change. */
export function changeKey(changeId: string) {
  const [workflow = "", base = "", rest = ""] = changeId.split("-");
  return { pk: partition(workflow), sk: `CHANGE#${base.padStart(9, "0")}#${rest}` };
}
export function tokenKey(changeId: string) {
  const [workflow = ""] = changeId.split("-");
  return { pk: partition(workflow), sk: `TOKEN#${changeId}` };
}

/** The document as canonical JSON: its size in the row is its size, and its hash is the text's. */
const written = (document: Policy) => ({ hash: hashOf(document), document: canonicalJson(document) });

export const currentItem = (document: Policy, stageSince: string): Item =>
  toItem({ ...currentKey(document.workflow), version: document.version, stageSince, ...written(document) });
export const versionItem = (document: Policy): Item =>
  toItem({ ...versionKey(document.workflow, document.version), version: document.version, ...written(document) });

/** The policy of a row. @throws {ZodError} for a row that is none: half a policy is not guessed. */
export const policyOf = (item: Item): Policy => policy.parse(JSON.parse(String(fromItem(item).document)));

export const changeItem = (change: PolicyChange): Item =>
  toItem({ ...changeKey(change.changeId), document: JSON.stringify(change) });
export const changeOf = (item: Item) => policyChange.parse(JSON.parse(String(fromItem(item).document)));
