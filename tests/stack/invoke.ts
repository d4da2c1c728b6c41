import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { TestStack } from "./test-stack.ts";

/** Invokes a function as its schedule, its machine or an operator would. @throws {Error} what it failed with */
export async function invoke(test: TestStack, name: string, payload: unknown = {}): Promise<unknown> {
  const { FunctionError, Payload } = await test.lambda.send(
    new InvokeCommand({ FunctionName: test.functionNamed(name), Payload: JSON.stringify(payload) }),
  );
  const text = Buffer.from(Payload ?? []).toString("utf-8");
  if (FunctionError) throw new Error(`${name} failed: ${text.slice(0, 300)}`);
  return text === "" ? undefined : JSON.parse(text);
}
