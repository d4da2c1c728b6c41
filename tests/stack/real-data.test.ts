import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { endsOf, realData, realDocuments } from "./real-data.ts";
import { openTestStack } from "./test-stack.ts";

const isAbsent = !existsSync(realData);
if (isAbsent) console.warn("Real documents are not on this machine: the test that drops them is skipped.");

it.skipIf(isAbsent)(
  "every real PDF, and every ninth receipt, ends as an outcome or an explained review",
  async () => {
    const test = await openTestStack({ patienceSeconds: 200 });
    try {
      const ends = await endsOf(test, realDocuments(9));
      expect(ends.length).toBeGreaterThanOrEqual(25);
      // Without a vendor list nothing passes alone: the missing list itself is a reason.
      expect(ends.filter(({ status, reasons }) => status !== "closed" && reasons.length === 0)).toEqual([]);
      expect(ends.flatMap(({ reasons }) => reasons).filter((reason) => reason.endsWith(": "))).toEqual([]);
      expect(ends.filter(({ reasons }) => reasons.some((reason) => reason.includes("first pass failed")))).toEqual([]);
    } finally {
      await test.close();
    }
  },
  400_000,
);
