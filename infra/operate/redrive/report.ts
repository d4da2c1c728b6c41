import type * as z from "zod";
import type { redriveResponse } from "../../../shared/contracts/api.ts";

/** What redrive did, a line each. */
export function reportLines({
  casesContinued,
  dropsReopened,
  webhooksRetried,
  failed,
}: z.infer<typeof redriveResponse>): string[] {
  const done = [
    ...casesContinued.map((caseId) => `Case ${caseId}: continued`),
    ...(dropsReopened > 0 ? [`Drops handed to open-case again: ${dropsReopened}`] : []),
    ...(webhooksRetried > 0 ? [`Outcomes that go to the webhook again: ${webhooksRetried}`] : []),
  ];
  const left = failed.map(({ what, because }) => `Still failing: ${what} (${because})`);
  return done.length + left.length > 0 ? [...done, ...left] : ["Nothing had failed"];
}
