import { describe, expect, it } from "vitest";
import { apiResources, runningApi } from "./running-api.ts";

describe("a request", () => {
  it("arrives in payload format 2.0", async () => {
    const { call, events } = runningApi();
    await call("POST", "/api/cases", {
      rawQuery: "a=1&b=x%20y&a=2",
      headers: { "content-type": "application/json", cookie: "one=1; two=2", "user-agent": "test", "x-many": "a,b" },
      body: Buffer.from('{"ü":1}'),
    });
    expect(events[0]).toMatchObject({
      version: "2.0",
      routeKey: "POST /api/cases",
      rawPath: "/api/cases",
      rawQueryString: "a=1&b=x%20y&a=2",
      queryStringParameters: { a: "1,2", b: "x y" },
      cookies: ["one=1", "two=2"],
      body: '{"ü":1}',
      isBase64Encoded: false,
      requestContext: {
        accountId: "000000000000",
        http: { method: "POST", path: "/api/cases", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
        routeKey: "POST /api/cases",
        stage: "$default",
        time: "05/Jan/2026:09:00:00 +0000",
        timeEpoch: 1_767_603_600_000,
      },
    });
    expect(events[0]?.headers).toMatchObject({ "x-many": "a,b", "x-forwarded-for": "127.0.0.1" });
    expect(events[0]?.headers).not.toHaveProperty("cookie");
    expect(events[0]).not.toHaveProperty("pathParameters");
  });

  it("carries a body that is not text as base64", async () => {
    const { call, events } = runningApi();
    const headers = { "content-type": "application/octet-stream" };
    await call("POST", "/api/cases", { headers, body: Buffer.from([255, 0]) });
    expect(events[0]).toMatchObject({ body: "/wA=", isBase64Encoded: true });
  });

  it("without a body has none", async () => {
    const { call, events } = runningApi();
    await call("GET", "/api/open");
    expect(events[0]).not.toHaveProperty("body");
    expect(events[0]).toMatchObject({ isBase64Encoded: false });
  });
});

describe("routing", () => {
  it.each([
    ["GET", "/api/cases/a%2Fb%20c", "GET /api/cases/{caseId}", { caseId: "a/b c" }],
    ["GET", "/api/cases/%E0%A4%A", "GET /api/cases/{caseId}", { caseId: "%E0%A4%A" }],
    ["GET", "/api/cases/mine", "GET /api/cases/mine", undefined],
    ["PUT", "/api/files/a/b%20c", "ANY /api/files/{path+}", { path: "a/b c" }],
  ])("%s %s goes to %s", async (method, path, routeKey, pathParameters) => {
    const { call, events } = runningApi();
    expect(await call(method, path)).toMatchObject({ status: 200 });
    expect(events[0]).toMatchObject({ routeKey, ...(pathParameters && { pathParameters }) });
  });

  it.each([
    ["GET", "/"],
    ["GET", "/api/cases/"],
    ["GET", "/api/cases/a/b"],
    ["DELETE", "/api/cases"],
    ["GET", "/api/open/"],
  ])("%s %s goes nowhere", async (method, path) => {
    expect(await runningApi().call(method, path)).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
  });
});

describe("a function's answer", () => {
  const answered = (answer: unknown) => runningApi({ invoke: async () => answer }).call("GET", "/api/open");

  it("gives status, headers, cookies and body", async () => {
    expect(
      await answered({
        statusCode: 201,
        headers: { "Content-Type": "a/b" },
        cookies: ["x=1", "y=2"],
        body: "aGk=",
        isBase64Encoded: true,
      }),
    ).toMatchObject({ status: 201, headers: { "content-type": "a/b", "set-cookie": ["x=1", "y=2"] }, body: "hi" });
  });

  it("without a status code is taken as JSON", async () => {
    expect(await answered({ hello: 1 })).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
      body: '{"hello":1}',
    });
  });

  it("that makes no sense is 500", async () => {
    expect(await answered({ statusCode: "soon" })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });

  it("that is a failure is 500, and nothing of the failure is told", async () => {
    const failing = runningApi({ invoke: () => Promise.reject(new Error("secret")) });
    expect(await failing.call("GET", "/api/open")).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });

  it("that does not come in time is 503", async () => {
    const slow = runningApi({ invoke: () => new Promise(() => undefined) });
    expect(await slow.call("GET", "/api/open")).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
    });
  });
});

describe("the stage", () => {
  it("answers 429 beyond its burst, and takes requests again as its rate allows", async () => {
    const { call, clock } = runningApi();
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await call("GET", "/api/open")).status));
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    await clock.advance(1_000);
    const later = await Promise.all([1, 2, 3].map(async () => (await call("GET", "/api/open")).status));
    expect(later).toEqual([200, 200, 429]);
  });

  it("writes its access log in its own format, and a client cannot end a quoted field", async () => {
    const { call, callClosed, token, accessLog } = runningApi();
    await callClosed(await token());
    await call("GET", "/nowhere", { headers: { "user-agent": '","status":"200' } });
    expect(accessLog.map((line) => JSON.parse(line))).toEqual([
      { route: "GET /api/closed", sub: "somebody", status: "200", agent: "-" },
      { route: "-", sub: "-", status: "404", agent: '","status":"200' },
    ]);
  });
});

describe("a template", () => {
  it("whose function lets no API invoke it gives 500, as on AWS", async () => {
    const resources = {
      ...apiResources,
      MayInvoke: {
        ...apiResources.MayInvoke,
        Properties: { ...apiResources.MayInvoke.Properties, Principal: "events.amazonaws.com" },
      },
    };
    const { call, events } = runningApi({ resources });
    expect(await call("GET", "/api/open")).toMatchObject({ status: 500 });
    expect(events).toEqual([]);
  });

  it("with CORS is refused at boot", () => {
    const Api = {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: { ProtocolType: "HTTP", Name: "Api", CorsConfiguration: {} },
    };
    expect(() => runningApi({ resources: { ...apiResources, Api } })).toThrow(/CORS is not imitated/);
  });
});
