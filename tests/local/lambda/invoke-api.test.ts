import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "../../../local/iam/principals.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { runningLambda } from "./running-lambda.ts";

const asked: string[][] = [];
let running: ReturnType<typeof runningLambda>;
beforeAll(() => {
  running = runningLambda({
    authorise: (principal, action, resource) => {
      asked.push([principal.name, action, resource]);
      if (resource.endsWith("Broken")) throw new AwsError("AccessDeniedException", "not you", 403);
    },
  });
});
afterAll(() => running.lambda.close());

const post = (name: string, body: string, type?: string) =>
  running.lambda.handle({
    method: "POST",
    path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
    query: new URLSearchParams(),
    headers: type === undefined ? {} : { "x-amz-invocation-type": type },
    body: Buffer.from(body),
    principal: operator,
  });

describe("Lambda's Invoke over the endpoint", () => {
  it("answers what the function returns, and checks lambda:InvokeFunction on its ARN", async () => {
    const answer = await post("Signoff-Obedient", '{"a":1}');
    expect(answer.status).toBe(200);
    expect(JSON.parse(String(answer.body))).toMatchObject({ event: { a: 1 } });
    expect(asked.at(-1)).toEqual(["operator", "lambda:InvokeFunction", running.arnOf("Obedient")]);
  });

  it("marks a function's failure in a header and answers 200, as AWS does", async () => {
    const answer = await post(running.arnOf("Obedient"), '{"do":"throw"}');
    expect(answer).toMatchObject({ status: 200, headers: { "x-amz-function-error": "Unhandled" } });
    expect(JSON.parse(String(answer.body))).toMatchObject({ errorType: "LuckError" });
  });

  it("accepts an event with 202", async () => {
    expect(await post("Signoff-Obedient", "{}", "Event")).toMatchObject({ status: 202 });
    await running.lambda.quiet();
  });

  it("refuses whom the role does not allow", async () => {
    await expect(post("Signoff-Broken", "{}")).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("refuses a payload that is not JSON", async () => {
    await expect(post("Signoff-Obedient", "{not json")).rejects.toMatchObject({
      name: "InvalidRequestContentException",
    });
  });

  it("refuses other operations with a sentence", async () => {
    await expect(
      running.lambda.handle({
        method: "GET",
        path: "/2015-03-31/functions/",
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.alloc(0),
        principal: operator,
      }),
    ).rejects.toMatchObject({ name: "NotImplemented" });
  });
});
