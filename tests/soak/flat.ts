/** Of a series in the order of time. */
export interface Quarters {
  readonly second: number;
  readonly last: number;
  /** The last quarter's median over the second's; at most 1.1 counts as flat. */
  readonly growth: number;
}

export const flatUpTo = 1.1;

export function quartersOf(series: readonly number[]): Quarters {
  const quarter = series.length / 4;
  const second = median(series.slice(Math.floor(quarter), Math.floor(2 * quarter)));
  const last = median(series.slice(Math.floor(3 * quarter)));
  return { second, last, growth: second === 0 ? 1 : last / second };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
