export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
}

interface Chunk<Value> {
  readonly keys: string[];
  readonly values: Value[];
}

/** A full chunk is halved: small enough to insert into quickly, large enough that there are few. */
const maxChunkLength = 512;

/** A map in key order (UTF-16 code units, as dynalite's keys want it). Insert, delete and seek take logarithmic time, nearly. */
export class SortedMap<Value> {
  #chunks: Chunk<Value>[] = [{ keys: [], values: [] }];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    const { chunk, position, found } = this.#locate(key);
    return found ? chunk.values[position] : undefined;
  }

  set(key: string, value: Value): void {
    const { chunk, chunkIndex, position, found } = this.#locate(key);
    if (found) {
      chunk.values[position] = value;
      return;
    }
    chunk.keys.splice(position, 0, key);
    chunk.values.splice(position, 0, value);
    this.#size += 1;
    if (chunk.keys.length <= maxChunkLength) return;
    const half = maxChunkLength / 2;
    this.#chunks.splice(chunkIndex + 1, 0, { keys: chunk.keys.splice(half), values: chunk.values.splice(half) });
  }

  delete(key: string): void {
    const { chunk, chunkIndex, position, found } = this.#locate(key);
    if (!found) return;
    chunk.keys.splice(position, 1);
    chunk.values.splice(position, 1);
    this.#size -= 1;
    if (chunk.keys.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunkIndex, 1);
  }

  /** Entries of the range. Safe against changes while it is consumed: each step seeks anew from the last key. */
  *entries({ reverse = false, ...range }: Range = {}): Generator<readonly [key: string, value: Value]> {
    let { gt, gte = "", lt, lte } = range;
    for (;;) {
      const from = gt !== undefined && gt >= gte ? { key: gt, exclusive: true } : { key: gte, exclusive: false };
      const entry = reverse ? this.#before(lt, lte) : this.#after(from.key, from.exclusive);
      if (!entry) return;
      const [key] = entry;
      if ((lt !== undefined && key >= lt) || (lte !== undefined && key > lte)) return;
      if ((gt !== undefined && key <= gt) || key < gte) return;
      yield entry;
      if (reverse) lt = key;
      else gt = key;
    }
  }

  #after(key: string, exclusive: boolean): readonly [string, Value] | undefined {
    const { chunkIndex, position, found } = this.#locate(key);
    return this.#at(chunkIndex, found && exclusive ? position + 1 : position);
  }

  #before(lt: string | undefined, lte: string | undefined): readonly [string, Value] | undefined {
    const exclusive = lt !== undefined && (lte === undefined || lt <= lte);
    const bound = exclusive ? lt : lte;
    if (bound === undefined) {
      const last = this.#chunks.length - 1;
      return this.#at(last, (this.#chunks[last]?.keys.length ?? 0) - 1);
    }
    const { chunkIndex, position, found } = this.#locate(bound);
    return this.#at(chunkIndex, found && !exclusive ? position : position - 1);
  }

  /** The entry at a position, which may lie one beyond either end of its chunk. */
  #at(chunkIndex: number, position: number): readonly [string, Value] | undefined {
    let chunk = this.#chunks[chunkIndex];
    let index = position;
    if (chunk && position >= chunk.keys.length) {
      chunk = this.#chunks[chunkIndex + 1];
      index = 0;
    } else if (position < 0) {
      chunk = this.#chunks[chunkIndex - 1];
      index = (chunk?.keys.length ?? 0) - 1;
    }
    const key = chunk?.keys[index];
    const value = chunk?.values[index];
    return key === undefined || value === undefined ? undefined : [key, value];
  }

  /** The chunk that holds or would hold the key, and where in it. */
  #locate(key: string): { chunk: Chunk<Value>; chunkIndex: number; position: number; found: boolean } {
    const firstKeys = this.#chunks;
    let chunkIndex = lowerBound(firstKeys.length, (index) => (firstKeys[index]?.keys[0] ?? "") > key) - 1;
    chunkIndex = Math.max(0, chunkIndex);
    const chunk = firstKeys[chunkIndex] ?? { keys: [], values: [] };
    const position = lowerBound(chunk.keys.length, (index) => (chunk.keys[index] ?? "") >= key);
    return { chunk, chunkIndex, position, found: chunk.keys[position] === key };
  }
}

/** Smallest index below `length` for which `isAbove` holds, or `length`. */
function lowerBound(length: number, isAbove: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAbove(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
