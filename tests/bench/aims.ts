import * as z from "zod";

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
  readonly met: boolean;
}

const stack = z.object({ casesPerSecond: z.number(), automatic: z.object({ stateTransitions: z.number() }) });
const bundle = z.object({ bundleKiB: z.number(), besideKiB: z.number(), usesS3: z.boolean() });
const sizes = z.object({ bundles: z.record(z.string(), bundle), pageGzipKiB: z.number() });
const recorded = z.object({ passed: z.number(), of: z.number() });

/** KiB a bundle may have, without S3 and with it. */
const bundleAims = { plain: 450, withS3: 600 };

/** What was measured, against what the project aims at. Parts that were not measured have no row. */
export function aims(results: Readonly<Record<string, unknown>>): Row[] {
  const rows: Row[] = [];
  const row = (what: string, measured: string, aim: string, met: boolean) => rows.push({ what, measured, aim, met });
  const ofStack = stack.safeParse(results.stack);
  if (ofStack.success) {
    const { casesPerSecond, automatic } = ofStack.data;
    row("automatic invoices a second", `${casesPerSecond}`, "≥ 20", casesPerSecond >= 20);
    row("billed transitions a case", `${automatic.stateTransitions}`, "≤ 12", automatic.stateTransitions <= 12);
  }
  const ofSizes = sizes.safeParse(results.sizes);
  if (ofSizes.success) {
    for (const [name, { bundleKiB, besideKiB, usesS3 }] of Object.entries(ofSizes.data.bundles)) {
      const aim = usesS3 ? bundleAims.withS3 : bundleAims.plain;
      const beside = besideKiB > 0 ? ` (and ${besideKiB} beside it)` : "";
      row(`bundle ${name}, KiB`, `${bundleKiB}${beside}`, `≤ ${aim}`, bundleKiB <= aim);
    }
    row("page, KiB gzip", `${ofSizes.data.pageGzipKiB}`, "≤ 60", ofSizes.data.pageGzipKiB <= 60);
  }
  const ofRecorded = recorded.safeParse(results.recordedExecutions);
  if (ofRecorded.success) {
    const { passed, of } = ofRecorded.data;
    row("recorded executions passed", `${passed} of ${of}`, "≥ 130 of 145", passed >= 130);
  }
  return rows;
}

export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length), 0);
  return rows
    .map(
      ({ what, measured, aim, met }) =>
        `${met ? "met   " : "MISSED"}  ${what.padEnd(width)}  ${measured}  (aim ${aim})`,
    )
    .join("\n");
}
