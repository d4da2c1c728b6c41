import { request } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLoopback, type PageRequest } from "../../../local/stack/loopback.ts";

async function aServer(handle = async (_: PageRequest) => ({ status: 200, body: "hello" })) {
  const problems: string[] = [];
  const server = await openLoopback({
    port: 0,
    maxBodyBytes: 1000,
    tooLarge: { status: 413, body: "too large" },
    handle,
    report: (problem) => problems.push(problem),
  });
  onTestFinished(server.close);
  return { ...server, problems };
}

const withHost = (origin: string, host: string) =>
  new Promise<{ status: number | undefined; location: string | undefined }>((resolve, reject) => {
    const outgoing = request(`${origin}/a?b=c`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, location: answer.headers.location });
    });
    outgoing.on("error", reject).end();
  });

describe("a loopback server", () => {
  it("answers under its own address, and sends localhost there", async () => {
    const { origin } = await aServer();
    const port = new URL(origin).port;
    expect(await withHost(origin, `127.0.0.1:${port}`)).toMatchObject({ status: 200 });
    expect(await withHost(origin, `localhost:${port}`)).toEqual({ status: 307, location: `${origin}/a?b=c` });
  });

  it("turns away requests that name another host", async () => {
    const { origin } = await aServer();
    expect(await withHost(origin, "attacker.example")).toMatchObject({ status: 421 });
    expect(await withHost(origin, "127.0.0.1")).toMatchObject({ status: 421 });
  });

  it("refuses a body beyond its limit, announced or not", async () => {
    const { origin } = await aServer();
    const announced = await fetch(origin, { method: "POST", body: "x".repeat(1001) });
    expect(announced.status).toBe(413);
    const streamed = new ReadableStream({
      start: (controller) => {
        for (let part = 0; part < 3; part += 1) controller.enqueue(new TextEncoder().encode("x".repeat(500)));
        controller.close();
      },
    });
    const options = { method: "POST", body: streamed, duplex: "half" };
    expect((await fetch(origin, options)).status).toBe(413);
  });

  it("tells nothing of its own failures, and reports them without the query", async () => {
    const { origin, problems } = await aServer(() => Promise.reject(new Error("secret")));
    const answer = await fetch(`${origin}/path?token=abc`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
    expect(problems).toEqual(["GET /path failed inside the one-machine stack."]);
  });

  it("whose port is taken says so in a sentence", async () => {
    const { origin } = await aServer();
    const port = Number(new URL(origin).port);
    const second = openLoopback({
      port,
      maxBodyBytes: 1,
      tooLarge: { status: 413 },
      handle: async () => ({ status: 200 }),
      report: () => undefined,
    });
    await expect(second).rejects.toThrow(`Port ${port} is in use by another program.`);
  });
});
