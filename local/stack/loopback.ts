import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface PageRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case; a header sent twice is joined by a comma (cookies by a semicolon). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface PageResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface LoopbackOptions {
  /** 0 lets the operating system choose. */
  readonly port: number;
  readonly maxBodyBytes: number;
  /** What a body that is longer is answered with. */
  readonly tooLarge: PageResponse;
  handle(request: PageRequest): Promise<PageResponse>;
  report(problem: string, error: unknown): void;
}

export interface Loopback {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Another program has the port. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is in use by another program. Stop that one, or choose another with --port.`, { cause });
  }
}

/**
 * An HTTP server that only this machine reaches. Requests that name another host are turned away, so that a web page elsewhere
 * cannot reach in by pointing a name of its own at 127.0.0.1; `localhost` is sent to the one address that sign-in knows.
 */
export async function openLoopback(options: LoopbackOptions): Promise<Loopback> {
  let origin = "";
  const server = createServer((incoming, outgoing) => {
    const canonicalHost = origin.slice("http://".length);
    const port = canonicalHost.split(":")[1];
    const { host } = incoming.headers;
    if (host === canonicalHost) void answer(incoming, outgoing, options);
    else if (host === `localhost:${port}`)
      write(outgoing, { status: 307, headers: { location: origin + incoming.url } });
    else write(outgoing, { status: 421, headers: plainText, body: `This server answers to ${canonicalHost} only.\n` });
  });
  server.headersTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortInUseError(options.port, error) : error),
    );
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port.");
  origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, options: LoopbackOptions): Promise<void> {
  try {
    const body = await readBody(incoming, options.maxBodyBytes);
    if (body === undefined) {
      incoming.resume();
      return write(outgoing, { ...options.tooLarge, headers: { ...options.tooLarge.headers, connection: "close" } });
    }
    const [path = "/", ...query] = (incoming.url ?? "/").split("?");
    const response = await options.handle({
      method: incoming.method ?? "GET",
      path,
      rawQuery: query.join("?"),
      headers: headersOf(incoming),
      body,
      sourceIp: incoming.socket.remoteAddress ?? "127.0.0.1",
    });
    write(outgoing, response, incoming.method === "HEAD");
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return; // the client went away
    options.report(`${incoming.method} ${incoming.url?.split("?")[0]} failed inside the one-machine stack.`, error);
    write(outgoing, { status: 500, headers: plainText, body: "The one-machine stack failed on this request.\n" });
  }
}

/** Undefined when the body is longer than `maxBytes`. */
async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(incoming.headers["content-length"] ?? 0) > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? "";
    const value = rawHeaders[index + 1] ?? "";
    const separator = name === "cookie" ? "; " : ",";
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}${separator}${value}` : value;
  }
  return headers;
}

const plainText = { "content-type": "text/plain; charset=utf-8" };

function write(outgoing: ServerResponse, { status, headers = {}, body = "" }: PageResponse, headOnly = false): void {
  if (outgoing.destroyed || outgoing.headersSent) return;
  const content = Buffer.from(body);
  outgoing.writeHead(status, {
    ...Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
    ),
    "content-length": content.length,
  });
  outgoing.end(headOnly || status === 204 || status === 304 ? undefined : content);
}
