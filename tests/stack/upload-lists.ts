import { PutObjectCommand } from "@aws-sdk/client-s3";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { listName } from "../../shared/contracts/api.ts";
import { listParsers } from "../../shared/workflows/invoices/lists/list-parsers.ts";
import type { TestStack } from "./test-stack.ts";

/** Lists as they lie in the bucket, put there by the operator. */
export async function uploadLists(test: TestStack): Promise<void> {
  for (const [list, csv] of Object.entries(sampleLists())) {
    const Key = `lists/invoices/${list}.json`;
    const Body = JSON.stringify(listParsers[listName.parse(list)](csv));
    await test.s3.send(new PutObjectCommand({ Bucket: test.output("EvidenceBucket"), Key, Body }));
  }
}
