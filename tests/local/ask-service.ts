import { operator } from "../../local/iam/principals.ts";
import type { AwsService } from "../../local/wire/service.ts";

/** Asks a stand-in as the operator, past the wire. @param target - `X-Amz-Target`, as `DynamoDB_20120810.Query` */
export async function askService(service: AwsService | undefined, target: string, input: unknown): Promise<unknown> {
  const response = await service?.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": target },
    body: Buffer.from(JSON.stringify(input)),
    principal: operator,
  });
  return JSON.parse(String(response?.body ?? "null"));
}
