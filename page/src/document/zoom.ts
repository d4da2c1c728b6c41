/** Sizes of the page, 1 fits the column's width. */
const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

/** One step larger or smaller, stopping at the ends. */
export function zoomBy(zoom: number, step: 1 | -1): number {
  const at = steps.findIndex((candidate) => candidate >= zoom);
  return steps[Math.min(Math.max((at === -1 ? steps.length - 1 : at) + step, 0), steps.length - 1)] ?? 1;
}
