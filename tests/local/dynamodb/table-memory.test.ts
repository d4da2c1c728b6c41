import db from "dynalite/db/index.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Item, itemBytes } from "../../../local/dynamodb/item.ts";
import { TableMemory } from "../../../local/dynamodb/table-memory.ts";
import { declaredTables } from "../../../local/dynamodb/tables.ts";
import { templateWith } from "../template/written-template.ts";
import { casesAndLedger } from "./running-dynamodb.ts";

const casesInMemory = () => {
  const [declared] = declaredTables(casesAndLedger());
  if (!declared) throw new Error("the template has no table");
  return new TableMemory(declared);
};

const write = (memory: TableMemory, identity: { pk: string; sk: string }, after: Item | undefined) => {
  const key = db.createKey({ pk: { S: identity.pk }, sk: { S: identity.sk } }, memory.table);
  memory.apply({ key, before: memory.items.get(key), after });
};

const aCase = (pk: string, more: Item = {}): Item => ({ pk: { S: pk }, sk: { S: "case" }, ...more });

describe("a table in memory", () => {
  it("tells items apart whose short index keys in dynalite are the same", () => {
    const memory = casesInMemory();
    const items = Array.from({ length: 10_000 }, (_, index) =>
      aCase(`case-${index}`, { status: { S: "OPEN" }, dueAt: { S: "2026" } }),
    );
    const shortKeys = new Set(
      items.map((item) =>
        db.createIndexKey(item, memory.table, memory.table.GlobalSecondaryIndexes?.[0]?.KeySchema ?? []),
      ),
    );
    expect(shortKeys.size).toBeLessThan(items.length); // or this test shows nothing
    for (const item of items) write(memory, { pk: item.pk?.S ?? "", sk: "case" }, item);
    expect(memory.indexes.get("byStatus")?.size).toBe(items.length);
  });

  it("has in each index just the items that have its keys, after any writes", () => {
    const writes = fc.array(
      fc.record({
        pk: fc.constantFrom("a", "b", "c"),
        status: fc.option(fc.constantFrom("OPEN", "DONE"), { nil: undefined }),
        dueAt: fc.option(fc.constantFrom("1", "2"), { nil: undefined }),
        deleted: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(writes, (changes) => {
        const memory = casesInMemory();
        for (const { pk, status, dueAt, deleted } of changes) {
          const attributes = {
            ...(status ? { status: { S: status } } : {}),
            ...(dueAt ? { dueAt: { S: dueAt } } : {}),
          };
          write(memory, { pk, sk: "case" }, deleted ? undefined : aCase(pk, attributes));
        }
        const items = [...memory.items.entries()].map(([, item]) => item);
        const names = (entries: Iterable<readonly [string, Item]>) => [...entries].map(([, { pk }]) => pk?.S).sort();
        const having = (...attributes: string[]) =>
          items
            .filter((item) => attributes.every((name) => item[name]))
            .map(({ pk }) => pk?.S)
            .sort();
        expect(names(memory.indexes.get("byStatus")?.entries() ?? [])).toEqual(having("status", "dueAt"));
        expect(names(memory.indexes.get("keysByStatus")?.entries() ?? [])).toEqual(having("status"));
      }),
    );
  });
});

describe("the size of an item", () => {
  it.each<[string, Item, number]>([
    ["text in UTF-8, names included", { é: { S: "é" } }, 4],
    ["numbers by their digits", { n: { N: "-1234500" } }, 1 + 4],
    ["zero", { n: { N: "0" } }, 1 + 1],
    ["binary unencoded", { b: { B: Buffer.alloc(10).toString("base64") } }, 1 + 10],
    ["truth and nothing", { t: { BOOL: true }, n: { NULL: true } }, 4],
    ["sets by their members", { s: { SS: ["a", "bc"] }, n: { NS: ["1", "100"] } }, 1 + 3 + 1 + 4],
    [
      "lists and maps with their overhead",
      { l: { L: [{ S: "a" }] }, m: { M: { k: { S: "v" } } } },
      1 + 3 + 1 + 1 + 1 + 3 + 1 + 2,
    ],
  ])("counts %s", (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});

describe("tables it does not imitate", () => {
  const table = (more: Record<string, unknown>) =>
    templateWith({
      Cases: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
          ...more,
        },
      },
    });

  it.each([
    ["a stream", { StreamSpecification: { StreamViewType: "NEW_IMAGE" } }, "stream"],
    ["a replica elsewhere", { Replicas: [{ Region: "eu-west-1" }] }, "replicas"],
    [
      "keys that AWS would refuse",
      { AttributeDefinitions: [{ AttributeName: "other", AttributeType: "S" }] },
      "AttributeDefinitions",
    ],
  ])("are refused at boot: %s", (_, more, message) => {
    expect(() => declaredTables(table(more))).toThrow(message);
  });
});
