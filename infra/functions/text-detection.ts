import type { HandlerFunction } from "./handler-function.ts";

/** To have the text of one page detected, at most `dailyPageCap` pages a day. Textract has no resources to name. */
export function grantDetectText(fn: HandlerFunction, { dailyPageCap }: { dailyPageCap: number }): void {
  fn.supply("DAILY_PAGE_CAP", String(dailyPageCap));
  fn.allow(["textract:DetectDocumentText"], ["*"]);
}
