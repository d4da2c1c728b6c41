import { createServer } from "node:net";
import type { Ports } from "../../local/stack/front-doors.ts";

/** Resolves when nobody listens on the port any more. */
export async function free(port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const taken = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(true));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
    });
    if (!taken) return;
    if (attempt > 1000) throw new Error(`Port ${port} was not given up.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Four ports that nobody uses at the moment. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(
    [...Array(4)].map(
      () =>
        new Promise<{ port: number; close: () => void }>((resolve) => {
          const server = createServer();
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            const port = typeof address === "object" && address !== null ? address.port : 0;
            resolve({ port, close: () => server.close() });
          });
        }),
    ),
  );
  for (const { close } of servers) close();
  const [page = 0, api = 0, signIn = 0, aws = 0] = servers.map(({ port }) => port);
  return { page, api, signIn, aws };
}
