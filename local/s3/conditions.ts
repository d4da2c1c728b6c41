import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { ObjectVersion } from "./object-version.ts";

type Headers = Readonly<Record<string, string>>;

const failed = (condition: string) =>
  new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });

/** Conditional writes: `If-None-Match: *` creates only, `If-Match` replaces only what the writer saw. @throws {AwsError} */
export function checkWriteConditions(headers: Headers, latest: ObjectVersion | undefined): void {
  const existing = latest?.deleteMarker === true ? undefined : latest;
  const { "if-none-match": ifNoneMatch, "if-match": ifMatch } = headers;
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== "*") throw new NotImitatedError(`If-None-Match on a write with anything but "*", nor does S3`);
    if (existing) throw failed("If-None-Match");
  }
  if (ifMatch !== undefined) {
    if (!existing) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
    if (!listed(ifMatch, existing)) throw failed("If-Match");
  }
}

/** Conditional reads, in the order of RFC 9110 §13.2.2. @returns whether to answer 304. @throws {AwsError} PreconditionFailed */
export function checkReadConditions(headers: Headers, version: ObjectVersion): "not modified" | "send" {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
  const modified = Math.floor(Date.parse(version.lastModified) / 1000);
  const since = (name: string) => Math.floor(Date.parse(headers[name] ?? "") / 1000);
  if (ifMatch !== undefined) {
    if (!listed(ifMatch, version)) throw failed("If-Match");
  } else if (modified > since("if-unmodified-since")) throw failed("If-Unmodified-Since");
  if (ifNoneMatch !== undefined) return listed(ifNoneMatch, version) ? "not modified" : "send";
  return modified <= since("if-modified-since") ? "not modified" : "send";
}

function listed(etags: string, { etag }: ObjectVersion): boolean {
  return etags
    .split(",")
    .some((candidate) => candidate.trim() === "*" || candidate.trim().replaceAll('"', "") === etag);
}

/**
 * First and last byte of a Range header; undefined when there is none, or none that S3 heeds.
 *
 * @throws {AwsError} InvalidRange when it begins behind the end.
 */
export function byteRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= size || (first === "" && Number(last) === 0)) {
    throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416, { ActualObjectSize: size });
  }
  return { start, end };
}
