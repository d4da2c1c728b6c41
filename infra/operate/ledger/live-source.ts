import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { ledgerEvent } from "../../../shared/ledger/event.ts";
import type { Target } from "../target.ts";
import { headOf } from "./case-row.ts";
import type { HeadRecord, LedgerSource } from "./ledger-source.ts";

const members = Object.keys(ledgerEvent.shape);

/**
 * The tables of a running Signoff. Scanned: an operator's command reads all of them, and no function of the system may. Cases
 * go on meanwhile, so their heads are read before the events and again after them.
 */
export function liveSource({ client, outputs }: Target): LedgerSource {
  const dynamoDb = new DynamoDBClient(client);
  const s3 = new S3Client({ ...client, ...(client.endpoint !== undefined && { forcePathStyle: true }) });
  const { CaseTable, LedgerTable, LedgerAnchorsBucket: Bucket } = outputs;

  async function* heads(pass: 1 | 2): AsyncGenerator<HeadRecord> {
    const pages = paginateScan(
      { client: dynamoDb },
      {
        TableName: CaseTable,
        ConsistentRead: true,
        FilterExpression: "sk = :case",
        ProjectionExpression: "pk, sk, #record.#sequence, #record.#hash",
        ExpressionAttributeNames: { "#record": "record", "#sequence": "ledgerSequence", "#hash": "ledgerHash" },
        ExpressionAttributeValues: { ":case": { S: "CASE" } },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) {
        const head = headOf(unmarshall(item), pass);
        if (head) yield head;
      }
    }
  }

  return {
    records: async function* () {
      yield* heads(1);
      const pages = paginateScan({ client: dynamoDb }, { TableName: LedgerTable, ConsistentRead: true });
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const found = unmarshall(item);
          yield { kind: "event", event: Object.fromEntries(members.map((member) => [member, found[member]])) };
        }
      }
      yield* heads(2);
    },
    anchors: async function* () {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: "anchors/" })) {
        for (const { Key = "" } of Contents) {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
          yield { name: `s3://${Bucket}/${Key}`, content: parsed((await Body?.transformToString("utf-8")) ?? "") };
        }
      }
    },
  };
}

/** What is no JSON is no anchor, and is told as that. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
