import { describe, expect, it } from "vitest";
import { TargetInputNotImitatedError, targetInput } from "../../../local/events/target-input.ts";

const event = {
  version: "0" as const,
  id: "e1",
  "detail-type": "Object Created",
  source: "aws.s3",
  account: "000000000000",
  time: "2026-01-05T09:00:00Z",
  region: "us-east-1",
  resources: ["arn:r"],
  detail: { object: { key: 'a "b"', size: 3 } },
};
const rule = "arn:aws:events:us-east-1:000000000000:rule/drop";

describe("what a target receives", () => {
  it("is the whole event where the rule says nothing", () => {
    expect(targetInput({}, event, rule)).toEqual(event);
  });

  it("is a constant", () => {
    expect(targetInput({ Input: '{"tick":true}' }, event, rule)).toEqual({ tick: true });
  });

  it("is a part of the event", () => {
    expect(targetInput({ InputPath: "$.detail.object" }, event, rule)).toEqual({ key: 'a "b"', size: 3 });
    expect(targetInput({ InputPath: "$.resources[0]" }, event, rule)).toBe("arn:r");
  });

  it("is a template: bare variables as JSON, variables inside quotes as text", () => {
    const InputTransformer = {
      InputPathsMap: { key: "$.detail.object.key", size: "$.detail.object.size", object: "$.detail.object" },
      InputTemplate: '{"key":<key>,"text":"<size> bytes of <key>","object":<object>,"rule":"<aws.events.rule-name>"}',
    };
    expect(targetInput({ InputTransformer }, event, rule)).toEqual({
      key: 'a "b"',
      text: '3 bytes of a "b"',
      object: { key: 'a "b"', size: 3 },
      rule: "drop",
    });
  });

  it.each(["$.detail[*]", "$..key", "detail"])("is refused for the path %s", (InputPath) => {
    expect(() => targetInput({ InputPath }, event, rule)).toThrow(TargetInputNotImitatedError);
  });
});
