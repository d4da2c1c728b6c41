import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Workflow } from "../../contracts/identifiers.ts";
import type { Policy } from "../../contracts/policy.ts";
import { hashOf } from "../../ledger/chain.ts";
import { type PolicyKeeper, PolicyVersionReusedError } from "../../policy/policy-store.ts";
import { type Item, isConditionFailed, toItem } from "./item.ts";
import { currentKey, policyOf, versionItem, versionKey } from "./policy-rows.ts";

export interface PolicyTable {
  readonly client: DynamoDBClient;
  readonly caseTable: string;
  /** The documents beside the workflows, in force until an owner changed one. */
  readonly defaults: Readonly<Record<Workflow, Policy>>;
}

/** Rows `POLICY#<workflow>`: `CURRENT`, and each version that was ever used. Holds no CEL, so that any function can read policies. */
export function dynamoPolicies({ client, caseTable, defaults }: PolicyTable): PolicyKeeper {
  /** Versions never change, so a process reads each once. */
  const known = new Map<string, Policy>();
  /** Hashes of the versions that this process has stored, or found stored. */
  const kept = new Map<string, string>();

  const get = async (key: Record<string, string>): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: caseTable, Key: toItem(key), ConsistentRead: true }))).Item;

  return {
    current: async (workflow) => {
      const item = await get(currentKey(workflow));
      return item ? policyOf(item) : defaults[workflow];
    },
    version: async (workflow, version) => {
      const { sk } = versionKey(workflow, version);
      const remembered = known.get(`${workflow}/${sk}`);
      if (remembered) return remembered;
      const item = await get(versionKey(workflow, version));
      if (!item) return defaults[workflow].version === version ? defaults[workflow] : null;
      const stored = policyOf(item);
      known.set(`${workflow}/${sk}`, stored);
      return stored;
    },
    keep: async (document) => {
      const { workflow, version } = document;
      const hash = hashOf(document);
      const key = `${workflow}/${version}`;
      if (!kept.has(key)) {
        try {
          await client.send(
            new PutItemCommand({
              TableName: caseTable,
              Item: versionItem(document),
              ConditionExpression: "attribute_not_exists(pk)",
            }),
          );
          kept.set(key, hash);
        } catch (error) {
          if (!isConditionFailed(error)) throw error;
          const stored = await get(versionKey(workflow, version));
          if (stored) kept.set(key, hashOf(policyOf(stored)));
        }
      }
      if (kept.get(key) !== hash) throw new PolicyVersionReusedError(workflow, version);
    },
  };
}
