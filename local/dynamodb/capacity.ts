import type { Item } from "./item.ts";
import { itemBytes } from "./item.ts";
import type { RequestStore } from "./request-store.ts";
import type { Change, TableMemory } from "./table-memory.ts";

/** A write unit pays for 1 KiB, a strongly consistent read unit for 4 KiB, an eventually consistent read costs half. */
const writeUnitBytes = 1024;
const readUnitBytes = 4096;

/** What a request consumed, table by table and index by index. @see DynamoDB developer guide, "Read and write operations" */
export class Bill {
  readonly #tables: ReadonlyMap<string, TableMemory>;
  readonly #units = new Map<string, { table: number; indexes: Map<string, number> }>();

  constructor(tables: ReadonlyMap<string, TableMemory>) {
    this.#tables = tables;
  }

  charge(table: string, units: number, index?: string): void {
    const entry = this.#units.get(table) ?? { table: 0, indexes: new Map<string, number>() };
    if (index === undefined) entry.table += units;
    else entry.indexes.set(index, (entry.indexes.get(index) ?? 0) + units);
    this.#units.set(table, entry);
  }

  get total(): number {
    return [...this.#units.values()].reduce((sum, entry) => sum + totalOf(entry), 0);
  }

  /** The answer's `ConsumedCapacity`, one entry for each table. */
  consumedCapacity(detailed: boolean): readonly Record<string, unknown>[] {
    return [...this.#units].map(([name, entry]) => {
      const local = new Set(this.#tables.get(name)?.table.LocalSecondaryIndexes?.map(({ IndexName }) => IndexName));
      const indexes = (isLocal: boolean) =>
        Object.fromEntries(
          [...entry.indexes]
            .filter(([index]) => local.has(index) === isLocal)
            .map(([index, units]) => [index, { CapacityUnits: units }]),
        );
      return {
        TableName: name,
        CapacityUnits: totalOf(entry),
        ...(detailed
          ? {
              Table: { CapacityUnits: entry.table },
              GlobalSecondaryIndexes: indexes(false),
              LocalSecondaryIndexes: indexes(true),
            }
          : {}),
      };
    });
  }
}

const totalOf = (entry: { table: number; indexes: ReadonlyMap<string, number> }) =>
  [...entry.indexes.values()].reduce((sum, units) => sum + units, entry.table);

/** A write costs its larger image in the table; in an index one write for an entry that changed, two for one that moved. */
export function chargeWrite(bill: Bill, memory: TableMemory, { before, after }: Change, factor = 1): void {
  const { TableName } = memory.table;
  bill.charge(TableName, factor * Math.max(writeUnits(before), writeUnits(after)));
  for (const { index, before: entryBefore, after: entryAfter } of memory.indexChanges(before, after)) {
    const moved = entryBefore?.key !== entryAfter?.key;
    if (!moved && JSON.stringify(entryBefore?.item) === JSON.stringify(entryAfter?.item)) continue;
    const [old, fresh] = [entryBefore ? writeUnits(entryBefore.item) : 0, entryAfter ? writeUnits(entryAfter.item) : 0];
    bill.charge(TableName, factor * (moved ? old + fresh : Math.max(old, fresh)), index);
  }
}

/** A write whose condition failed costs as much as writing what was there. */
export function chargeRefusedWrite(bill: Bill, table: string, existing: Item | undefined, factor = 1): void {
  bill.charge(table, factor * writeUnits(existing));
}

function writeUnits(item: Item | undefined): number {
  return Math.max(1, Math.ceil((item ? itemBytes(item) : 0) / writeUnitBytes));
}

/** Items read by key, each rounded up by itself. */
export function chargeGets(bill: Bill, store: Pick<RequestStore, "gets">, factor: number): void {
  for (const { table, bytes } of store.gets) bill.charge(table, factor * readUnits(bytes));
}

/** A query or scan is rounded up once, over what it looked at, whatever its filter let through. */
export function chargeScan(bill: Bill, store: Pick<RequestStore, "scans">, scannedCount: number, factor: number): void {
  for (const { table, index, bytes } of store.scans) {
    const sum = bytes.slice(0, scannedCount).reduce((total, size) => total + size, 0);
    bill.charge(table, factor * readUnits(sum), index);
  }
}

const readUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / readUnitBytes));
