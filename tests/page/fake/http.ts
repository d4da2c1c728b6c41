import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

/** Listens on loopback, by default at a port of the system's choice. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>,
  port = 0,
): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    handle(request, response, url).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
