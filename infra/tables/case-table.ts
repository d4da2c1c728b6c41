import { ProjectionType, type Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { retainedTable, text } from "./retained-table.ts";

/** Index of reviews by queue and status, due first. */
const reviewsIndex = "reviews";
/** Sparse index of what is still to be done: open cases, and decisions whose workflow was not yet woken. */
const pendingIndex = "pending";

/** Cases, reviews, the outbox and idempotency keys. Every grant names what it is for; actions are those of single items. */
export class CaseTable extends Construct {
  readonly #table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = retainedTable(this, {
      partitionKey: text("pk"),
      sortKey: text("sk"),
      timeToLiveAttribute: "expiresAt",
    });
    this.#table.addGlobalSecondaryIndex({
      indexName: reviewsIndex,
      partitionKey: text("queueKey"),
      sortKey: text("queueOrder"),
      projectionType: ProjectionType.ALL,
    });
    this.#table.addGlobalSecondaryIndex({
      indexName: pendingIndex,
      partitionKey: text("pendingKey"),
      sortKey: text("pendingSince"),
      // Only what its readers need: a case is written several times, and each projected change would be written twice.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ["caseId", "reviewId", "taskToken", "wakeUp", "since"],
    });
  }

  get tableName(): string {
    return this.#table.tableName;
  }

  /** To register a drop as a case, once; or to go on with the case whose sender was asked for it. */
  grantOpen(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query", "DeleteItem"]);
  }

  /** To announce a case before its document arrives, and to remember the answer. */
  grantAnnounce(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
  }

  /** To see which document a case is about, and what is known of it. */
  grantReadCase(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem"]);
  }

  /** To count a page against the day's cap before its text is detected. */
  grantMeterPages(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "UpdateItem"]);
  }

  /** To note an invoice among its supplier's, and to find an earlier one that it repeats. */
  grantPropose(fn: HandlerFunction): void {
    this.#grant(fn, ["BatchWriteItem", "Query"]);
  }

  /** To write down what the gate decided. */
  grantGate(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
  }

  /** To put a review in front of people, in place of the one before; a sender whose time is over is no longer waited for. */
  grantOpenReview(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query", "DeleteItem"]);
  }

  /** To close a case, and to remember what its outcome teaches. */
  grantClose(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query"]);
  }

  /** To show a case with its reviews. */
  grantReadHistory(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "Query"]);
  }

  /** To show the reviews of queues, and to know which queues departments have. */
  grantListReviews(fn: HandlerFunction): void {
    this.#grant(fn, ["Query"]);
    this.#grantIndex(fn, reviewsIndex);
  }

  /** To claim and release; who reviewed the case before is looked up, and the answer remembered. */
  grantClaim(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query"]);
  }

  /** To decide a review once: review, case and outbox row in one transaction; the row goes when the workflow woke. */
  grantDecide(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query", "DeleteItem"]);
  }

  /** To note who opened which page of a case under review. */
  grantNoteOpening(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "UpdateItem"]);
  }

  /** To see that a review is somebody's to answer, and to remember the answer. */
  grantAttach(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query"]);
  }

  /** To take a sender's word: case, review and outbox row in one transaction; the row goes when the workflow woke. */
  grantTakeWord(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query", "DeleteItem"]);
  }

  /** To open a closed case again. */
  grantReopen(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
  }

  /** To remember that a request was answered. */
  grantRemember(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
  }

  /** To wake workflows that a crash left waiting. */
  grantSweep(fn: HandlerFunction): void {
    this.#grant(fn, ["DeleteItem"]);
    this.#grantIndex(fn, pendingIndex);
  }

  /** To find open cases whose execution died, and to note that they go on. */
  grantReconcile(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
    this.#grantIndex(fn, pendingIndex);
  }

  /** To keep in mind which outcomes the webhook has not taken. */
  grantSendWebhooks(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
    this.#grantIndex(fn, pendingIndex);
  }

  /** To continue cases whose execution died, to make given-up webhooks due again, and to remember the answer. */
  grantRedrive(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
    this.#grantIndex(fn, pendingIndex);
  }

  /** To count a day from what its steps wrote down, and to put its figures. */
  grantRollUp(fn: HandlerFunction): void {
    this.#grant(fn, ["PutItem", "Query"]);
  }

  /** To show figures, to count today, and to see what waits. */
  grantReadFigures(fn: HandlerFunction): void {
    this.#grant(fn, ["Query"]);
    this.#grantIndex(fn, reviewsIndex);
  }

  /** To write down what an outcome cost a customer, once. */
  grantReport(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
  }

  /** To read a policy in force, or a version of it. */
  grantReadPolicies(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem"]);
  }

  /** To show a policy with its latest changes, and where the dial stands. */
  grantShowPolicy(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "Query"]);
  }

  /** To propose or answer a change of a policy, graded by the workflow's figures, and to remember the answer. */
  grantChangePolicies(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem", "Query"]);
  }

  /** To store the token of a change that waits, and to end a change. */
  grantAttendChange(fn: HandlerFunction): void {
    this.#grant(fn, ["GetItem", "PutItem"]);
  }

  #grant(fn: HandlerFunction, actions: readonly string[]): void {
    this.#supply(fn);
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.#table.tableArn],
    );
  }

  #grantIndex(fn: HandlerFunction, index: string): void {
    fn.allow(["dynamodb:Query"], [`${this.#table.tableArn}/index/${index}`]);
  }

  #supply(fn: HandlerFunction): void {
    fn.supply("CASE_TABLE", this.#table.tableName);
  }
}
