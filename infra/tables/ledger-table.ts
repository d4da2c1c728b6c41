import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { number, retainedTable, text } from "./retained-table.ts";

/** Every step of every case, hash-chained. A table of its own, because in a shared one any UpdateItem could rewrite it. */
export class LedgerTable extends Construct {
  readonly #table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = retainedTable(this, { partitionKey: text("caseId"), sortKey: number("sequence") });
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
}
