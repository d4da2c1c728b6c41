/**
 * AWS list prices in USD, us-east-1, as seen on 2026-11-24. The only place where a price stands.
 * @see https://aws.amazon.com/pricing/
 */
export const prices = {
  asOf: "2026-11-24",
  stepFunctionsTransition: 0.025 / 1_000,
  lambdaRequest: 0.2 / 1_000_000,
  /** arm64 */
  lambdaGigabyteSecond: 0.0000133334,
  dynamoDbWriteUnit: 0.625 / 1_000_000,
  dynamoDbReadUnit: 0.125 / 1_000_000,
  s3PutOrList: 0.005 / 1_000,
  s3Get: 0.0004 / 1_000,
  httpApiRequest: 1 / 1_000_000,
  /** Custom events and S3's own. */
  eventBridgeEvent: 1 / 1_000_000,
  textractDetectedPage: 0.0015,
} as const;
