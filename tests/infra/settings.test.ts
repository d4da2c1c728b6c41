import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSettings, readSettings, SettingsRefusedError } from "../../infra/settings.ts";

const directoryWith = (cdkJson: string, settingsJson?: string): string => {
  const directory = mkdtempSync(join(tmpdir(), "signoff-settings-"));
  writeFileSync(join(directory, "cdk.json"), cdkJson);
  if (settingsJson !== undefined) writeFileSync(join(directory, "settings.json"), settingsJson);
  return directory;
};

describe("settings", () => {
  it("are complete without any being stated", () => {
    expect(parseSettings({}, "cdk.json")).toMatchObject({
      environment: "production",
      dailyPageCap: 2_000,
      tracing: true,
    });
  });

  it("are read from cdk.json, and settings.json wins", () => {
    const directory = directoryWith(
      '{ "context": { "signoff": { "environment": "trial", "dailyPageCap": 10 } } }',
      '{ "dailyPageCap": 20 }',
    );
    expect(readSettings(directory)).toMatchObject({ environment: "trial", dailyPageCap: 20 });
  });

  it.each([
    ["an unknown one", { alarmMail: "a@example.com" }, /unknown setting alarmMail \(known: .*alarmEmail/],
    ["a retention CloudWatch does not offer", { logRetentionDays: 17 }, /logRetentionDays/],
    ["evidence gone before its case may end", { evidenceRetentionDays: 30 }, /a case may wait a year/],
    ["an account without a region", { account: "123456789012" }, /account and region go together/],
    ["a sign-in prefix that Cognito refuses", { signInDomainPrefix: "my-aws-login" }, /Cognito refuses/],
    ["a cap of nothing", { dailyPageCap: 0 }, /dailyPageCap/],
  ])("refuse %s", (_, stated, message) => {
    expect(() => parseSettings(stated, "settings.json")).toThrow(SettingsRefusedError);
    expect(() => parseSettings(stated, "settings.json")).toThrow(message);
  });

  it("say which file is not JSON", () => {
    expect(() => readSettings(directoryWith('{ "context": {} }', "{ dailyPageCap"))).toThrow(
      /settings\.json: not readable/,
    );
  });
});
