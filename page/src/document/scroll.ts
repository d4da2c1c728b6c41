/** Room kept around what is brought into view, in pixels. */
const margin = 60;

/** Scrolls the desk, and nothing around it, until the target is in sight. (scrollIntoView would move the whole page with it.) */
export function bringIntoView(desk: HTMLElement, target: HTMLElement): void {
  const around = desk.getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const isInSight =
    box.top >= around.top + margin / 2 &&
    box.bottom <= around.bottom - margin / 2 &&
    box.left >= around.left &&
    box.right <= around.right;
  if (isInSight) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  desk.scrollBy({
    top: box.top - around.top - Math.max((around.height - box.height) / 2, margin),
    left: box.left - around.left - Math.max((around.width - box.width) / 2, 0),
    behavior: calm ? "auto" : "smooth",
  });
}
