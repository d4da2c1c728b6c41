import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { DeskApi } from "./desk-api.ts";
import { type Listening, listen } from "./http.ts";
import { buildQueue, sampleQueue } from "./sample-queue.ts";
import { type SignInServer, startSignInServer } from "./sign-in-server.ts";

/** The page as deployed, with a scripted API under its origin, and sign-in and page images on origins of their own. */
export interface Stack {
  readonly page: Listening;
  readonly signIn: SignInServer;
  readonly api: DeskApi;
  close(): Promise<void>;
}

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The policy that the distribution sends with every answer. */
const contentSecurityPolicy = (imageOrigin: string, signInOrigin: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${imageOrigin}`,
    `connect-src 'self' ${signInOrigin}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** @param distribution - the folder of the built page. */
export async function startStack(distribution: string, port = 0): Promise<Stack> {
  const api = new DeskApi();
  for (const sample of buildQueue(sampleQueue, Date.now())) api.add(sample);
  let pageOrigin = "";
  const signIn = await startSignInServer(() => pageOrigin);
  const images = await listen(async (_, response, url) => {
    const [, caseId = "", name = ""] = url.pathname.split("/");
    const svg = api.cases.get(caseId)?.pages[Number.parseInt(name, 10) - 1];
    if (svg === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "image/svg+xml", "cache-control": "max-age=300" }).end(svg);
  });
  api.imageOrigin = images.origin;
  const policy = contentSecurityPolicy(images.origin, signIn.origin);

  const page = await listen(async (request, response, url) => {
    response.setHeader("content-security-policy", policy);
    response.setHeader("x-content-type-options", "nosniff");
    if (url.pathname.startsWith("/api/")) {
      const token = request.headers.authorization?.replace(/^Bearer /, "");
      return api.handle(request, response, url, signIn.personOf(token));
    }
    if (url.pathname === "/config.json") {
      const config = {
        issuer: signIn.origin,
        authorizationEndpoint: `${signIn.origin}/authorize`,
        tokenEndpoint: `${signIn.origin}/token`,
        logoutEndpoint: `${signIn.origin}/logout`,
        clientId: "page",
        scopes: [
          "openid",
          "signoff/cases.read",
          "signoff/reviews.write",
          "signoff/workflows.write",
          "signoff/cases.submit",
        ],
      };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(config));
      return;
    }
    const path = url.pathname === "/" ? "/index.html" : normalize(url.pathname);
    try {
      const body = await readFile(join(distribution, path));
      response.writeHead(200, { "content-type": contentTypes[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }, port);
  pageOrigin = page.origin;
  return {
    page,
    signIn,
    api,
    close: async () => void (await Promise.all([page.close(), signIn.close(), images.close()])),
  };
}
