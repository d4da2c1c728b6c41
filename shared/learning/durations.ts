/** How many durations fell into each bucket, by the bucket's number. */
export type Histogram = Readonly<Record<string, number>>;

/** Each bucket ends 5 % above the one before: a percentile read from it is off by at most 2.5 %. A year is bucket 354, the last. */
const growth = 1.05;
const lastBucket = 354;

export interface Percentiles {
  readonly count: number;
  readonly p50: number | null;
  readonly p90: number | null;
}

/** Exact percentiles of durations in seconds, by nearest rank: the smallest that at least this share does not exceed. */
export function percentilesOf(seconds: readonly number[]): Percentiles {
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9) };
}

export function histogramOf(seconds: readonly number[]): Histogram {
  const histogram: Record<string, number> = {};
  for (const each of seconds) {
    const bucket = bucketOf(each);
    histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  }
  return histogram;
}

export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const merged: Record<string, number> = {};
  for (const histogram of histograms)
    for (const [bucket, count] of Object.entries(histogram)) merged[bucket] = (merged[bucket] ?? 0) + count;
  return merged;
}

/** Percentiles of several days together. They cannot be had from the days' own percentiles, and are not averaged from them. */
export function percentilesIn(histogram: Histogram): Percentiles {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((a, b) => a.bucket - b.bucket);
  const count = buckets.reduce((sum, each) => sum + each.count, 0);
  const at = (share: number) => {
    let left = Math.ceil(share * count);
    for (const each of buckets) {
      left -= each.count;
      if (left <= 0) return middleOf(each.bucket);
    }
    return null;
  };
  return count === 0 ? { count, p50: null, p90: null } : { count, p50: at(0.5), p90: at(0.9) };
}

/** Bucket 0 holds all below a second. */
const bucketOf = (seconds: number): number =>
  seconds < 1 ? 0 : Math.min(lastBucket, 1 + Math.floor(Math.log(seconds) / Math.log(growth)));

/** Geometric middle of a bucket, in seconds to a tenth. */
const middleOf = (bucket: number): number => (bucket === 0 ? 0.5 : Math.round(growth ** (bucket - 0.5) * 10) / 10);
