import type { Grant } from "../../local/iam/principals.ts";

/**
 * Grants that no call on one machine uses, each with the reason. Everything else that the template grants is taken away in
 * turn by `npm run check:grants`; these are asserted on the template instead (tests/grants/unused-locally.test.ts).
 */
export const unusedLocally: readonly { readonly why: string; readonly matches: (grant: Grant) => boolean }[] = [
  {
    why: "CDK's uploader copies the page at deployment; the one machine serves the assets itself",
    matches: ({ role }) => role.includes("CustomCDKBucketDeployment"),
  },
  {
    why: "Functions on AWS write their logs through the logs API; on one machine they write files",
    matches: ({ action }) => action.startsWith("logs:"),
  },
  {
    why: "X-Ray segments are sent by the services; the one machine has no X-Ray",
    matches: ({ action }) => action.startsWith("xray:"),
  },
];
