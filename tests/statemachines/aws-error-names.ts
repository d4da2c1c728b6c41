/**
 * Error names that AWS gives, and that a machine may therefore name without a class of ours.
 *
 * @see Step Functions, "Handling errors in workflows" (States.*, Lambda.*), and the API references' common errors of
 * DynamoDB, S3, Textract and EventBridge: a function that fails on one of them fails under its name.
 */
export const awsErrorNames: readonly string[] = [
  "States.ALL",
  "States.Timeout",
  "Lambda.AWSLambdaException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.SdkClientException",
  "Lambda.ServiceException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "StepFunctions.AWSStepFunctionsException",
  "StepFunctions.ExecutionLimitExceededException",
  "StepFunctions.SdkClientException",
  "StepFunctions.ThrottlingException",
  "InternalError",
  "InternalServerError",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "SlowDown",
  "ThrottlingException",
  "TimeoutError",
  "TransactionCanceledException",
];
