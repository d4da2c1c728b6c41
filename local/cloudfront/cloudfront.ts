import type { PageRequest, PageResponse } from "../stack/loopback.ts";
import type { Template } from "../template/template.ts";
import { type DeployedFile, readDeployedFiles } from "./deployed-files.ts";
import { readDistribution } from "./distribution.ts";
import { readHeadersPolicies } from "./response-headers.ts";

export interface CloudFrontOptions {
  readonly template: Template;
  localise(text: string): string;
  /** The HTTP API behind the same origin. */
  api(request: PageRequest): Promise<PageResponse>;
}

/** The template's distribution: the deployed page and the API under one origin, with the response headers policy on both. */
export function openCloudFront({ template, localise, api }: CloudFrontOptions): {
  handle(request: PageRequest): Promise<PageResponse>;
} {
  const { behaviors, defaultRootObject } = readDistribution(template);
  const policies = readHeadersPolicies(template, localise);
  const buckets = readDeployedFiles(template, localise);

  return {
    handle: async (request) => {
      const behavior = behaviors.find(({ matches }) => matches(request.path));
      if (!behavior) return denied;
      const { origin, methods, headersPolicyId } = behavior;
      const response = !methods.includes(request.method)
        ? denied
        : origin.kind === "api"
          ? await api(request)
          : fromBucket(buckets.get(origin.name), request, defaultRootObject);
      const addHeaders = policies.get(headersPolicyId ?? "");
      return addHeaders ? { ...response, headers: addHeaders(response.headers ?? {}) } : response;
    },
  };
}

/** A private bucket answers 403 for what it does not have, since CloudFront may not list it. */
const denied: PageResponse = {
  status: 403,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`,
};

function fromBucket(
  files: ReadonlyMap<string, DeployedFile> | undefined,
  { path, headers }: PageRequest,
  defaultRootObject: string,
): PageResponse {
  const key = decoded(path.slice(1)) || defaultRootObject;
  const file = files?.get(key);
  if (!file) return denied;
  const about = {
    "content-type": file.contentType,
    etag: file.etag,
    ...(file.cacheControl === undefined ? {} : { "cache-control": file.cacheControl }),
  };
  const known = headers["if-none-match"]?.split(/, */).includes(file.etag);
  return known ? { status: 304, headers: about } : { status: 200, headers: about, body: file.content };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
