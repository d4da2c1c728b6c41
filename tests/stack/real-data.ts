import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestStack } from "./test-stack.ts";

/** Real documents to measure on; absent on most machines. */
export const realData = join(import.meta.dirname, "../../../shared/data");

export interface Ended {
  readonly file: string;
  readonly status: string;
  readonly reasons: readonly string[];
}

/** Every PDF and every nth receipt of the real data, as paths. */
export function realDocuments(everyNthReceipt: number, directory = realData): string[] {
  const under = (folder: string, ending: string) =>
    existsSync(join(directory, folder))
      ? readdirSync(join(directory, folder))
          .filter((file) => file.endsWith(ending))
          .map((file) => join(directory, folder, file))
      : [];
  const receipts = under("sroie/img", ".jpg").filter((_, index) => index % everyNthReceipt === 0);
  return [...under("einvoice-pdf/pdf", ".pdf"), ...under("invoice2data", ".pdf"), ...receipts];
}

/** Drops them all at once and waits until each has an outcome or a review. */
export async function endsOf(test: TestStack, files: readonly string[]): Promise<Ended[]> {
  const dropped = await Promise.all(
    files.map(
      async (file) => [file, await test.drop(`invoices/real/${file.split("/").at(-1)}`, readFileSync(file))] as const,
    ),
  );
  const ends: Ended[] = [];
  for (const [file, caseId] of dropped) {
    const { case: ended } = await test.caseWhen(
      caseId,
      ({ case: { status } }) => status === "waiting" || status === "closed",
    );
    const reasons = ended.disposition?.kind === "review" ? ended.disposition.reasons : [];
    ends.push({
      file,
      status: ended.status,
      reasons: reasons.map(({ message, passesIf }) => `${message}: ${passesIf}`),
    });
  }
  return ends;
}
