import type { Clock, Timer } from "../clock/clock.ts";
import type { Item } from "./item.ts";
import { SortedMap } from "./sorted-map.ts";

/** AWS leaves items alone whose time lies more than five years back, taking it for another unit than seconds. */
const oldestSeconds = 5 * 365 * 24 * 60 * 60;
/** The last second that a Date can hold. */
const latestSeconds = 8_640_000_000_000;

interface Tracked {
  readonly table: string;
  readonly key: string;
  readonly expiresAtSeconds: number;
}

/** Calls back with the items whose time has come, at that time; AWS takes up to a few days. */
export class TimeToLive {
  readonly #clock: Clock;
  readonly #expire: (items: readonly Tracked[]) => void;
  readonly #tracked = new SortedMap<Tracked>();
  #timer: { readonly atSeconds: number; readonly timer: Timer } | undefined;

  constructor(clock: Clock, expire: (items: readonly Tracked[]) => void) {
    this.#clock = clock;
    this.#expire = expire;
  }

  track(
    table: string,
    key: string,
    attribute: string,
    { before, after }: { before: Item | undefined; after: Item | undefined },
  ): void {
    const old = expiry(before, attribute);
    const fresh = expiry(after, attribute);
    if (old !== undefined) this.#tracked.delete(orderKey({ table, key, expiresAtSeconds: old }));
    if (fresh !== undefined) {
      const tracked = { table, key, expiresAtSeconds: fresh };
      this.#tracked.set(orderKey(tracked), tracked);
    }
    if (old !== undefined || fresh !== undefined) this.#arm();
  }

  close(): void {
    this.#timer?.timer.cancel();
    this.#timer = undefined;
  }

  /** One timer, for whichever item is first; it fires again at once for those that expired while the stack was down. */
  #arm(): void {
    const [first] = this.#tracked.entries();
    const atSeconds = first?.[1].expiresAtSeconds;
    if (atSeconds === this.#timer?.atSeconds) return;
    this.close();
    if (atSeconds === undefined) return;
    this.#timer = { atSeconds, timer: this.#clock.at(new Date(atSeconds * 1000), () => this.#fire()) };
  }

  #fire(): void {
    this.#timer = undefined;
    const nowSeconds = Math.floor(this.#clock.now().getTime() / 1000);
    const due: Tracked[] = [];
    for (const [orderedKey, tracked] of this.#tracked.entries()) {
      if (tracked.expiresAtSeconds > nowSeconds) break;
      this.#tracked.delete(orderedKey);
      if (tracked.expiresAtSeconds >= nowSeconds - oldestSeconds) due.push(tracked);
    }
    if (due.length > 0) this.#expire(due);
    this.#arm();
  }
}

const orderKey = ({ table, key, expiresAtSeconds }: Tracked) =>
  `${String(expiresAtSeconds).padStart(13, "0")}/${table}/${key}`;

/** Only numbers count; a fraction of a second is dropped. */
function expiry(item: Item | undefined, attribute: string): number | undefined {
  const number = item?.[attribute]?.N;
  if (number === undefined) return undefined;
  const seconds = Math.floor(Number(number));
  return seconds >= 0 && seconds <= latestSeconds ? seconds : undefined;
}
