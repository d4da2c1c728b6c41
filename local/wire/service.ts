import type { Principal } from "../iam/principal.ts";

/** One HTTP request of an AWS SDK, after its signature was verified. */
export interface AwsRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly principal: Principal;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A stand-in for one AWS service. `name` is the service of the signature's credential scope: dynamodb, s3, states, textract, events, … */
export interface AwsService {
  readonly name: string;
  handle(request: AwsRequest): Promise<AwsResponse>;
}
