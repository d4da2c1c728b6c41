import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { retainedTable, text } from "./retained-table.ts";

/** Who may do what: one item a person (or program) and workflow. Functions read it at every state change; none may write it. */
export class PeopleTable extends Construct {
  readonly #table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = retainedTable(this, { partitionKey: text("personId"), sortKey: text("workflow") });
  }

  get tableName(): string {
    return this.#table.tableName;
  }

  grantLookUp(fn: HandlerFunction): void {
    fn.supply("PEOPLE_TABLE", this.#table.tableName);
    fn.allow(["dynamodb:Query"], [this.#table.tableArn]);
  }
}
