import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { type AccessLogging, privateBucket } from "./private-bucket.ts";

/** One object a day under this prefix. */
const anchors = "anchors/";

/**
 * Where the ledger's chains stood, day by day. A bucket of its own, since it must outlive and contradict whoever can write the
 * ledger: who writes here cannot write there, every version is kept, and nobody is granted to delete one.
 */
export class LedgerAnchorsBucket extends Construct {
  readonly #bucket: IBucket;

  constructor(scope: Construct, id: string, { logging }: { logging: AccessLogging }) {
    super(scope, id);
    this.#bucket = privateBucket(this, { logging });
  }

  get bucketName(): string {
    return this.#bucket.bucketName;
  }

  /** To add an anchor, chained to the one before. Listing finds that one, and makes S3 say "not found" of the first. */
  grantAnchor(fn: HandlerFunction): void {
    fn.supply("ANCHOR_BUCKET", this.#bucket.bucketName);
    fn.allow(["s3:PutObject", "s3:GetObject"], [this.#bucket.arnForObjects(`${anchors}*`)]);
    fn.allow(["s3:ListBucket"], [this.#bucket.bucketArn]);
  }
}
