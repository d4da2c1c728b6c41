import { Readable } from "node:stream";
import db from "dynalite/db/index.js";
import { type Item, itemBytes, maxItemBytes } from "./item.ts";
import type { Range } from "./sorted-map.ts";
import type { Change, TableMemory } from "./table-memory.ts";
import type { Index } from "./tables.ts";

type Callback<Result = unknown> = (error: unknown, result?: Result) => void;

/** How many bytes a request read where, for its price. */
export interface ReadTrace {
  readonly table: string;
  readonly index?: string;
  /** In the order in which they were read; a query stops before the last few. */
  readonly bytes: number[];
}

/**
 * What dynalite takes for its database during one request: reads come from memory, writes are only noted in `changes`. Whoever
 * made the store then makes them durable, or drops them, all together. Answers every call at once.
 */
export class RequestStore {
  readonly options = { maxItemSize: maxItemBytes };
  readonly changes: Change[] = [];
  /** Single items read by key, whether they existed or not. */
  readonly gets: { table: string; bytes: number }[] = [];
  readonly scans: ReadTrace[] = [];
  readonly #tables: ReadonlyMap<string, TableMemory>;
  readonly #exclusiveStartKey: Item | undefined;

  constructor(tables: ReadonlyMap<string, TableMemory>, exclusiveStartKey?: Item) {
    this.#tables = tables;
    this.#exclusiveStartKey = exclusiveStartKey;
  }

  getTable(name: string, ...rest: readonly unknown[]): void {
    const callback = rest.find((argument): argument is Callback => typeof argument === "function");
    const memory = this.#tables.get(name);
    if (memory) callback?.(null, memory.table);
    else callback?.(tableNotFound());
  }

  getItemDb(name: string): object {
    const memory = this.#memory(name);
    return {
      // Nothing else runs during a write: there is nothing to lock out.
      lock: (_key: string, run: (release: (callback: Callback) => Callback) => void) => run((callback) => callback),
      get: (key: string, callback: Callback<Item>) => {
        const item = memory.items.get(key);
        this.gets.push({ table: name, bytes: item ? itemBytes(item) : 0 });
        callback(null, item);
      },
      put: (key: string, item: Item, callback: Callback) => {
        this.changes.push({ table: name, key, before: memory.items.get(key), after: item });
        callback(null);
      },
      del: (key: string, callback: Callback) => {
        this.changes.push({ table: name, key, before: memory.items.get(key), after: undefined });
        callback(null);
      },
      createValueStream: (options: Range & { limit: number }) =>
        this.#stream(memory.items.entries(options), options.limit, { table: name }),
    };
  }

  getIndexDb(_type: string, name: string, index: string): object {
    const memory = this.#memory(name);
    const entries = memory.indexes.get(index);
    const done = (_key: string, ...rest: readonly unknown[]) => {
      const callback = rest.at(-1);
      if (typeof callback === "function") callback(null); // TableMemory keeps the indexes
    };
    return {
      put: done,
      del: done,
      createValueStream: (options: Range & { limit: number }) =>
        this.#stream(entries?.entries(this.#exactStart(options, memory, index)), options.limit, { table: name, index }),
    };
  }

  /** dynalite starts a page after its own short index key, which is the beginning of ours. */
  #exactStart(range: Range, memory: TableMemory, index: string): Range {
    const start = this.#exclusiveStartKey;
    if (!start) return range;
    const schema = schemaOf(memory, index);
    const short = db.createIndexKey(start, memory.table, schema);
    const exact = memory.indexKey(short, start);
    return {
      ...range,
      ...(range.gt === short ? { gt: exact } : {}),
      ...(range.lt === short ? { lt: exact } : {}),
    };
  }

  #stream(
    entries: Iterable<readonly [string, Item]> | undefined,
    limit: number,
    where: { table: string; index?: string },
  ): Readable {
    const trace: ReadTrace = { ...where, bytes: [] };
    this.scans.push(trace);
    function* values() {
      for (const [, item] of entries ?? []) {
        if (limit >= 0 && trace.bytes.length >= limit) return;
        trace.bytes.push(itemBytes(item));
        yield item;
      }
    }
    return Readable.from(values());
  }

  #memory(name: string): TableMemory {
    const memory = this.#tables.get(name);
    if (!memory) throw tableNotFound();
    return memory;
  }
}

function schemaOf({ table }: TableMemory, name: string): Index["KeySchema"] {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return indexes.find(({ IndexName }) => IndexName === name)?.KeySchema ?? table.KeySchema;
}

/** In dynalite's own form, since it goes through dynalite. */
function tableNotFound(): Error {
  const message = "Requested resource not found";
  return Object.assign(new Error(message), {
    statusCode: 400,
    body: { __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", message },
  });
}
