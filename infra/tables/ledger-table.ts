import { ProjectionType, type Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { number, retainedTable, text } from "./retained-table.ts";

/** Events by the day on which they moved their chain, spread over shards; what an anchor is made of. */
const movedIndex = "moved";

/** Every step of every case, hash-chained. A table of its own, because in a shared one any UpdateItem could rewrite it. */
export class LedgerTable extends Construct {
  readonly #table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = retainedTable(this, { partitionKey: text("caseId"), sortKey: number("sequence") });
    this.#table.addGlobalSecondaryIndex({
      indexName: movedIndex,
      partitionKey: text("movedKey"),
      sortKey: text("caseId"),
      // Sequence comes with the table's key. One more write unit an event: 0.50 USD a day at 100,000 cases of 8 events.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ["hash"],
    });
  }

  get tableName(): string {
    return this.#table.tableName;
  }

  /** To add an event. No grant updates or deletes one; the writer's condition refuses to overwrite. */
  grantAppend(fn: HandlerFunction): void {
    fn.supply("LEDGER_TABLE", this.#table.tableName);
    fn.allow(["dynamodb:PutItem"], [this.#table.tableArn]);
  }

  /** To show a case's history. */
  grantRead(fn: HandlerFunction): void {
    fn.supply("LEDGER_TABLE", this.#table.tableName);
    fn.allow(["dynamodb:Query"], [this.#table.tableArn]);
  }

  /** To anchor where the chains stand. */
  grantReadMoved(fn: HandlerFunction): void {
    fn.supply("LEDGER_TABLE", this.#table.tableName);
    fn.allow(["dynamodb:Query"], [`${this.#table.tableArn}/index/${movedIndex}`]);
  }
}
