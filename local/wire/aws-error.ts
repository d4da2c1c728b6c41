/** An error as an AWS service would answer it: `name` is AWS's error code, `status` the HTTP status. */
export class AwsError extends Error {
  override readonly name: string;
  readonly status: number;
  /** Further members of the JSON error body, such as DynamoDB's CancellationReasons. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}

/** What the stand-in does not imitate it refuses with a sentence. */
export class NotImitatedError extends AwsError {
  constructor(what: string) {
    super(
      "NotImplemented",
      `The one-machine stack does not imitate ${what}. Run this against AWS, or add it under local/.`,
      501,
    );
  }
}
