import { describe, expect, it } from "vitest";
import { signedHeaders, WebhookSecretInvalidError } from "../../../../shared/outcome/webhook/signature.ts";

describe("a webhook's signature", () => {
  it("is that of the Standard Webhooks specification's own example", () => {
    const headers = signedHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestampSeconds: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      "content-type": "application/json",
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("is the same for a secret without its prefix, and another for another time, id or body", () => {
    const message = { id: "a", timestampSeconds: 1, body: "{}" };
    const sign = (changes: Partial<typeof message>, secret = `whsec_${"A".repeat(44)}`) =>
      signedHeaders(secret, { ...message, ...changes })["webhook-signature"];
    expect(sign({}, "A".repeat(44))).toBe(sign({}));
    const others = [sign({ id: "b" }), sign({ timestampSeconds: 2 }), sign({ body: "{ }" }), sign({})];
    expect(new Set(others).size).toBe(4);
  });

  it.each(["", "whsec_", "whsec_c2hvcnQ="])("is refused with a secret that is none: %s", (secret) => {
    expect(() => signedHeaders(secret, { id: "a", timestampSeconds: 1, body: "{}" })).toThrow(
      WebhookSecretInvalidError,
    );
  });
});
