import type { AwsRequest, AwsService } from "../wire/service.ts";

/** What a run consumed, in the units that AWS bills. */
export interface Metered {
  readonly apiRequests: number;
  /** State transitions of Standard workflows. */
  readonly stateTransitions: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly s3Puts: number;
  readonly s3Gets: number;
  readonly s3Lists: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  readonly events: number;
  readonly textractPages: number;
}

export type S3Request = "put" | "get" | "list" | "free";

/** Under which price a request falls. @see S3 pricing: PUT, COPY, POST, LIST cost the same; GET and HEAD less; DELETE nothing */
export function classifyS3({ method, path, query }: Pick<AwsRequest, "method" | "path" | "query">): S3Request {
  if (method === "PUT" || method === "POST") return query.has("delete") ? "free" : "put";
  if (method === "DELETE") return "free";
  const [, , ...key] = path.split("/");
  const onBucket = key.join("") === "";
  return method === "GET" && onBucket ? "list" : "get";
}

/** Passes requests on and tells `saw` of each that succeeded. */
export function observed(service: AwsService, saw: (request: AwsRequest) => void): AwsService {
  return {
    name: service.name,
    handle: async (request) => {
      const response = await service.handle(request);
      if (response.status < 400) saw(request);
      return response;
    },
  };
}
