/** Counts pages that are sent to text detection against the day's cap. */
export interface PageMeter {
  /** Counts one page. @throws {DailyPageCapReachedError} */
  count(now: Date): Promise<void>;
  /** Takes back a page that was counted and then not detected: a throttled call is repeated for hours, and billed once. */
  giveBack(now: Date): Promise<void>;
}

/** Happens when today's pages for text detection are used up. The case goes to a person; the cap is in the settings. */
export class DailyPageCapReachedError extends Error {
  override readonly name = "DailyPageCapReachedError";

  constructor(cap: number) {
    super(
      `Today's ${cap} pages of text detection are used up. Raise dailyPageCap in the settings, or wait for tomorrow (UTC).`,
    );
  }
}
