import { describe, expect, it } from "vitest";
import { whatIsNotImitated } from "../../../local/stack/not-imitated.ts";
import { writtenTemplate } from "./written-assembly.ts";

describe("what the one machine leaves out", () => {
  it("is told once, however often the template has it", () => {
    const template = writtenTemplate({
      resources: {
        One: { Type: "AWS::CloudWatch::Alarm" },
        Two: { Type: "AWS::CloudWatch::Alarm" },
        Table: { Type: "AWS::DynamoDB::Table" },
      },
    });
    expect(whatIsNotImitated(template)).toEqual(["Alarms never go off here; what they watch is in the logs folder."]);
  });

  it("never includes what nobody thought of: that is refused by type and name", () => {
    const template = writtenTemplate({ resources: { Search: { Type: "AWS::OpenSearchService::Domain" } } });
    expect(() => whatIsNotImitated(template)).toThrow(/AWS::OpenSearchService::Domain \(Search\)/);
  });
});
