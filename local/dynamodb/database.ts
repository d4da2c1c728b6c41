import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Storage, Write } from "../storage/storage.ts";
import type { Item } from "./item.ts";
import { Journal } from "./journal.ts";
import { type Change, TableMemory } from "./table-memory.ts";
import type { DeclaredTable, Table } from "./tables.ts";
import { TimeToLive } from "./time-to-live.ts";

/** The keys of a table with data in it differ from those in the template. On AWS that would be a new, empty table. */
export class TableKeysChangedError extends Error {
  override readonly name = "TableKeysChangedError";

  constructor(table: string, stored: string, declared: string) {
    super(
      `Table ${table} holds items under the keys ${stored}, but the template now declares ${declared}. ` +
        "Start with --fresh to begin with empty tables, or give the table a new logical id.",
    );
  }
}

const storedItem = z.custom<Item>((value) => typeof value === "object" && value !== null && !Array.isArray(value));

/** Tables in memory, each change on disk before anyone is told of it. */
export class Database {
  readonly tables: ReadonlyMap<string, TableMemory>;
  readonly #journal: Journal;
  readonly #timeToLive: TimeToLive;

  private constructor(tables: ReadonlyMap<string, TableMemory>, storage: Storage, clock: Clock) {
    this.tables = tables;
    this.#journal = new Journal(storage);
    this.#timeToLive = new TimeToLive(clock, (items) => {
      const changes = items.flatMap(({ table, key }): Change[] => {
        const before = tables.get(table)?.items.get(key);
        return before ? [{ table, key, before, after: undefined }] : [];
      });
      // A disk that failed refuses every later request; and the item expires again at the next boot.
      this.commit(changes).catch(() => {});
    });
  }

  /** @throws {TableKeysChangedError} when the data on disk belongs to tables with other keys. */
  static async open(declared: readonly DeclaredTable[], storage: Storage, clock: Clock): Promise<Database> {
    const tables = new Map(declared.map((table) => [table.table.TableName, new TableMemory(table)]));
    const database = new Database(tables, storage, clock);
    await storage.write(await Promise.all([...tables.values()].map(({ table }) => checkedKeys(table, storage))));
    for (const [name, memory] of tables) {
      const prefix = itemPrefix(name);
      for await (const [key, value] of storage.entries(prefix)) {
        database.#applyOne(memory, {
          table: name,
          key: key.slice(prefix.length),
          before: undefined,
          after: storedItem.parse(value),
        });
      }
    }
    return database;
  }

  /** Applies changes to memory at once and all together; resolves when they, and `more`, are on disk together. */
  commit(changes: readonly Change[], more: readonly Write[] = []): Promise<void> {
    const writes: Write[] = [...more];
    for (const change of changes) {
      const memory = this.tables.get(change.table);
      if (!memory) continue;
      this.#applyOne(memory, change);
      const key = itemPrefix(change.table) + change.key;
      if (change.after) writes.push({ key, value: change.after });
      else if (change.before) writes.push({ key, delete: true });
    }
    return writes.length > 0 ? this.#journal.append(writes) : this.settled();
  }

  /** Resolves when all that was committed so far is on disk. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  async close(): Promise<void> {
    this.#timeToLive.close();
    await this.settled();
  }

  #applyOne(memory: TableMemory, change: Change): void {
    memory.apply(change);
    if (memory.timeToLiveAttribute !== undefined) {
      this.#timeToLive.track(change.table, change.key, memory.timeToLiveAttribute, change);
    }
  }
}

const itemPrefix = (table: string) => `item/${table}/`;

async function checkedKeys({ TableName, KeySchema, AttributeDefinitions }: Table, storage: Storage): Promise<Write> {
  const typeOf = (name: string) =>
    AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  const declared = KeySchema.map(
    ({ AttributeName, KeyType }) => `${AttributeName} (${KeyType}, ${typeOf(AttributeName)})`,
  ).join(", ");
  const key = `keys/${TableName}`;
  const stored = await storage.get(key);
  if (typeof stored === "string" && stored !== declared) throw new TableKeysChangedError(TableName, stored, declared);
  return { key, value: declared };
}
