import db from "dynalite/db/index.js";
import type { Item } from "./item.ts";
import { SortedMap } from "./sorted-map.ts";
import { type DeclaredTable, type Index, indexesOf, type Table } from "./tables.ts";

/** One item before and after a write; undefined where it did not or does not exist. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** An index entry before and after a write; its key decides whether it moved. */
export interface IndexChange {
  readonly index: string;
  readonly before: { readonly key: string; readonly item: Item } | undefined;
  readonly after: { readonly key: string; readonly item: Item } | undefined;
}

/**
 * A table in memory. Indexes are computed from the items, here and nowhere else, and never stored: they cannot drift from the
 * table, whatever crashes, and an index that a new template adds is full at the next boot.
 */
export class TableMemory {
  readonly table: Table;
  readonly timeToLiveAttribute: string | undefined;
  readonly items = new SortedMap<Item>();
  readonly indexes: ReadonlyMap<string, SortedMap<Item>>;

  constructor({ table, timeToLiveAttribute }: DeclaredTable) {
    this.table = table;
    this.timeToLiveAttribute = timeToLiveAttribute;
    this.indexes = new Map(indexesOf(table).map(({ IndexName }) => [IndexName, new SortedMap<Item>()]));
  }

  apply({ key, before, after }: Omit<Change, "table">): void {
    if (after) this.items.set(key, after);
    else this.items.delete(key);
    for (const change of this.indexChanges(before, after)) {
      const entries = this.indexes.get(change.index);
      if (change.before && change.before.key !== change.after?.key) entries?.delete(change.before.key);
      if (change.after) entries?.set(change.after.key, change.after.item);
    }
  }

  /** What a write means for the indexes; also what it costs there. */
  indexChanges(before: Item | undefined, after: Item | undefined): readonly IndexChange[] {
    return indexesOf(this.table).flatMap((index) => {
      const [entryBefore, entryAfter] = [this.#entry(index, before), this.#entry(index, after)];
      return entryBefore || entryAfter ? [{ index: index.IndexName, before: entryBefore, after: entryAfter }] : [];
    });
  }

  /**
   * Key of an index entry. dynalite ends it with 24 bits of a hash of the table's key, so that two of some thousands of items
   * under one index key would overwrite each other; the table's whole key is added to tell them apart.
   */
  indexKey(dynaliteKey: string, item: Item): string {
    return `${dynaliteKey}/${db.createKey(item, this.table)}`;
  }

  #entry(index: Index, item: Item | undefined): { key: string; item: Item } | undefined {
    const [put] = db.getIndexActions([index], undefined, item, this.table).puts;
    if (!put || !item) return undefined;
    // dynalite projects attributes that the item lacks as undefined, and relied on JSON to drop them.
    const projected = Object.fromEntries(Object.entries(put.item).filter(([, value]) => value !== undefined));
    return { key: this.indexKey(put.key, item), item: projected };
  }
}
