import { createServer } from "node:http";
import { onTestFinished } from "vitest";

type Answer = { readonly status: number; readonly body: unknown };

/** An endpoint that answers every call as told, in the wire form of AWS's JSON services, and notes what it was asked. */
export async function givenEndpoint(answer: (operation: string) => Answer) {
  const calls: { operation: string; input: unknown }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
      calls.push({ operation, input: JSON.parse(Buffer.concat(chunks).toString()) });
      const { status, body } = answer(operation);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The endpoint has no port.");
  const client = {
    endpoint: `http://127.0.0.1:${address.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
  return { client, calls };
}

/** An AWS error by its name. */
export const refusal = (name: string, status = 400): Answer => ({ status, body: { __type: name, message: "No." } });
