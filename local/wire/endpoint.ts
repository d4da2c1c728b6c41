import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../clock/clock.ts";
import type { Credentials } from "../iam/credentials.ts";
import { AwsError, NotImitatedError } from "./aws-error.ts";
import type { UnverifiedRequest } from "./canonical-request.ts";
import { errorResponse } from "./error-response.ts";
import { readPayload } from "./payload.ts";
import type { AwsResponse, AwsService } from "./service.ts";
import { verifySignature } from "./signature.ts";

export interface EndpointOptions {
  /** @default a port that the operating system chooses */
  readonly port?: number;
  readonly services: readonly AwsService[];
  readonly credentials: Credentials;
  /**
   * By which signatures are judged. SDKs sign by the machine's own time: a stack whose other clocks are turned by a test gives
   * the system clock here, or every client must first correct its own and presigned URLs count as expired.
   */
  readonly clock: Clock;
  /** Told about every failure that is the stack's own. @default writes to standard error */
  readonly onInternalFailure?: (error: unknown, requestId: string) => void;
}

/** Largest body taken, chunk framing included: 128 MiB. Larger objects come in parts. */
export const maxBodyBytes = 128 * 1024 * 1024;

/** Longer than the pauses of a busy Lambda, so that its SDK seldom finds its connection just closed. */
const keepAliveMilliseconds = 60_000;

/**
 * One loopback address for all AWS services. Each request's signature is verified, its service read from the credential
 * scope; errors are written in the form of that service.
 */
export async function openEndpoint(
  options: EndpointOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const services = new Map(options.services.map((service) => [service.name, service]));
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: keepAliveMilliseconds }, (incoming, outgoing) => {
    void answer(incoming, outgoing, services, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    // An IP address, not "localhost": the SDK then puts the bucket into the path instead of the host name.
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  services: ReadonlyMap<string, AwsService>,
  { credentials, clock, onInternalFailure = logInternalFailure }: EndpointOptions,
): Promise<void> {
  const requestId = randomUUID();
  const [path = "/", ...query] = (incoming.url ?? "/").split("?");
  const rawQuery = query.join("?");
  const headers = headersOf(incoming);
  let response: AwsResponse;
  try {
    const request = { method: incoming.method ?? "GET", path, rawQuery, headers, body: await readBody(incoming) };
    response = await dispatch(request, services, credentials, clock);
  } catch (error) {
    if (incoming.errored) return; // the client went away while it was sending: nobody is left to answer
    if (!(error instanceof AwsError)) onInternalFailure(error, requestId);
    response = errorResponse(error, claimedService(headers, rawQuery), requestId, path);
  }
  write(incoming, outgoing, response, requestId, clock);
}

async function dispatch(
  request: UnverifiedRequest,
  services: ReadonlyMap<string, AwsService>,
  credentials: Credentials,
  clock: Clock,
): Promise<AwsResponse> {
  const signature = verifySignature(request, credentials, clock.now());
  const { body, trailers } = readPayload(request, signature);
  const service = services.get(signature.scope.service);
  if (!service) {
    throw new NotImitatedError(`the service "${signature.scope.service}" (it has ${[...services.keys()].join(", ")})`);
  }
  const { method, path, rawQuery, headers } = request;
  return service.handle({
    method,
    path,
    query: new URLSearchParams(rawQuery),
    headers: { ...headers, ...trailers },
    body,
    principal: signature.principal,
  });
}

/** @throws {AwsError} RequestEntityTooLarge once the body is longer than the limit; what follows is read and dropped. */
async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const tooLarge = () =>
    new AwsError(
      "RequestEntityTooLarge",
      `The body is larger than ${maxBodyBytes} bytes, the most this machine takes at once.`,
      413,
    );
  if (Number(incoming.headers["content-length"] ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // A body that is too large must not destroy the connection before the answer is written.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function write(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers = {}, body = "" }: AwsResponse,
  requestId: string,
  clock: Clock,
): void {
  const content = Buffer.from(body);
  outgoing.writeHead(status, {
    "content-length": content.length, // a HEAD states the length of what GET would send, in `headers`
    ...headers,
    "x-amzn-requestid": requestId,
    "x-amz-request-id": requestId,
    // SDK clients correct their own clock by this header and sign again.
    date: clock.now().toUTCString(),
    ...(incoming.complete ? {} : { connection: "close" }),
  });
  outgoing.end(incoming.method === "HEAD" || status === 204 || status === 304 ? undefined : content);
  if (!incoming.complete) incoming.resume();
}

/** The service named in the signature, verified or not, only to choose the form of an error. */
function claimedService(headers: Readonly<Record<string, string>>, rawQuery: string): string {
  const credential = new URLSearchParams(rawQuery).get("X-Amz-Credential") ?? headers.authorization ?? "";
  return credential.split("/")[3] ?? (headers["x-amz-target"] === undefined ? "s3" : "");
}

function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? "";
    const value = rawHeaders[index + 1] ?? "";
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return headers;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The endpoint listens on no TCP port.");
  return address.port;
}

function logInternalFailure(error: unknown, requestId: string): void {
  console.error(`Request ${requestId} failed inside the one-machine stack:`, error);
}
