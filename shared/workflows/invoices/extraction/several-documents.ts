import type { PageReading } from "./page-reading.ts";

/** "Page 1 of 2", "Seite 1/3", alone or at the end of a line. */
const firstOfPages = /\b(?:page|seite|pagina|pagina:|blatt)\s*:?\s*1\s*(?:\/|of|von|de|di|van|sur)\s*\d+/;

/**
 * Whether a file seems to hold more than one invoice: strong labels on different pages name different numbers, or the count of
 * pages begins again.
 */
export function seemsSeveral(
  reading: PageReading,
  strongNumbers: readonly { readonly value: string; readonly page: number }[],
): boolean {
  const firstOn = new Map<number, string>();
  for (const { value, page } of strongNumbers) if (!firstOn.has(page)) firstOn.set(page, value);
  if (new Set(firstOn.values()).size > 1) return true;
  const beginnings = new Set(reading.lines.filter(({ plain }) => firstOfPages.test(plain)).map(({ page }) => page));
  return beginnings.size > 1;
}
