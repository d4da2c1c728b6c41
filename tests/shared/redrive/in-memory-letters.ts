import type { DeadLetter, DeadLetterQueue } from "../../../shared/redrive/dead-letter.ts";

/** A queue that hides what it gave out, and a function behind it that fails on whatever `fails` names. */
export function inMemoryLetters(
  bodies: readonly string[],
  { fails = () => null }: { fails?: (event: unknown) => Error | null } = {},
): DeadLetterQueue & { readonly left: DeadLetter[]; readonly handedOver: unknown[]; show(): void } {
  const left: DeadLetter[] = bodies.map((body, index) => ({ messageId: `m${index}`, body, receipt: `r${index}` }));
  const hidden = new Set<string>();
  const handedOver: unknown[] = [];
  return {
    left,
    handedOver,
    show: () => hidden.clear(),
    receive: async () => {
      const given = left.filter(({ receipt }) => !hidden.has(receipt)).slice(0, 10);
      for (const { receipt } of given) hidden.add(receipt);
      return given;
    },
    handOver: async (event) => {
      const error = fails(event);
      if (error) throw error;
      handedOver.push(event);
    },
    delete: async ({ receipt }) => {
      const at = left.findIndex((letter) => letter.receipt === receipt);
      if (at >= 0) left.splice(at, 1);
    },
  };
}

export const aDropEvent = (key: string) => ({
  "detail-type": "Object Created",
  source: "aws.s3",
  detail: { bucket: { name: "intake" }, object: { key, size: 10, "version-id": "v1" } },
});

/** What Lambda puts into a failure destination. */
export const failureRecord = (event: unknown) =>
  JSON.stringify({
    version: "1.0",
    timestamp: "2026-03-02T12:00:00.000Z",
    requestContext: {
      requestId: "request-1",
      functionArn: "arn:aws:lambda:us-east-1:000000000000:function:open-case:$LATEST",
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "Error", errorMessage: "no" },
  });
