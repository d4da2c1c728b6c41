import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly deliveries: Delivery[];
  /** How it answers from now on: a status, or nothing at all. */
  answer: number | "hang";
  close(): Promise<void>;
}

/** A system of somebody else's, on this machine. */
export async function openWebhookReceiver(answer: number | "hang"): Promise<WebhookReceiver> {
  const respond = (response: ServerResponse) => {
    if (receiver.answer !== "hang") response.writeHead(receiver.answer).end("a secret of the receiver's");
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    receiver.deliveries.push({ headers, body: Buffer.concat(chunks).toString("utf8") });
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/signoff`,
    deliveries: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
