import { ProjectionType, type Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { retainedTable, text } from "./retained-table.ts";

/** Index of memberships by workflow, and of everybody who is away. */
const membersIndex = "members";

/** Who may do what: one item a person (or program) and workflow, and who acts in whose place. Read at every state change. */
export class PeopleTable extends Construct {
  readonly #table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = retainedTable(this, { partitionKey: text("personId"), sortKey: text("workflow") });
    this.#table.addGlobalSecondaryIndex({
      indexName: membersIndex,
      partitionKey: text("workflow"),
      sortKey: text("personId"),
      projectionType: ProjectionType.ALL,
    });
  }

  get tableName(): string {
    return this.#table.tableName;
  }

  grantLookUp(fn: HandlerFunction): void {
    this.#grant(fn, ["Query"]);
  }

  /** To show who may do what in a workflow. */
  grantList(fn: HandlerFunction): void {
    fn.supply("PEOPLE_TABLE", this.#table.tableName);
    fn.allow(["dynamodb:Query"], [`${this.#table.tableArn}/index/${membersIndex}`]);
  }

  /** To give and take authority, and to say who covers; the ledger keeps each change. */
  grantChange(fn: HandlerFunction): void {
    this.#grant(fn, ["Query", "PutItem", "DeleteItem"]);
  }

  #grant(fn: HandlerFunction, actions: readonly string[]): void {
    fn.supply("PEOPLE_TABLE", this.#table.tableName);
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.#table.tableArn],
    );
  }
}
