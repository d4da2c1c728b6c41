import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { httpSender } from "../../../../shared/outcome/webhook/http-sender.ts";

async function receiver(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/hook`;
}

describe("the sender", () => {
  it("posts body and headers as they are, and reads no more than the status", async () => {
    const got: { method?: string | undefined; id?: unknown; body: string }[] = [];
    const url = await receiver(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      got.push({ method: request.method, id: request.headers["webhook-id"], body: Buffer.concat(chunks).toString() });
      response.writeHead(202);
      response.write("an answer without an end");
    });
    expect(await httpSender(url)('{"a":"ü"}', { "webhook-id": "x-o1" })).toEqual({ status: 202 });
    expect(got).toEqual([{ method: "POST", id: "x-o1", body: '{"a":"ü"}' }]);
  });

  it("does not follow a redirect", async () => {
    const paths: unknown[] = [];
    const url = await receiver((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(await httpSender(url)("{}", {})).toEqual({ status: 307 });
    expect(paths).toEqual(["/hook"]);
  });

  it("gives up on a receiver that hangs, and names it", async () => {
    const url = await receiver(() => undefined);
    expect(await httpSender(url, 50)("{}", {})).toEqual({ errorName: "TimeoutError" });
  });

  it("names why nobody could be reached, and never an address", async () => {
    const url = await receiver((request) => request.socket.destroy());
    expect(await httpSender(url)("{}", {})).toEqual({
      errorName: expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET)$/),
    });
    expect(await httpSender("http://127.0.0.1:1/")("{}", {})).toEqual({
      errorName: expect.stringMatching(/^(ECONNREFUSED|TypeError|Error)$/),
    });
  });
});
