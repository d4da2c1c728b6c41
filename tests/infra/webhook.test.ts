import { describe, expect, it } from "vitest";
import { parseSettings, SettingsRefusedError } from "../../infra/settings.ts";
import { grantsOf } from "./policies.ts";
import { pathOf, synthesize } from "./synthesized.ts";

const url = "https://erp.example.com/signoff?a=b";

describe("without an address for webhooks", async () => {
  const template = await synthesize();

  it("there is no secret, no queue and no rule for them, and their function may do nothing", () => {
    expect(template.ofType("AWS::SecretsManager::Secret")).toEqual([]);
    expect(template.resources.filter((one) => pathOf(one).startsWith("Webhook"))).toEqual([]);
    const granted = grantsOf(template).filter(({ heldBy }) => heldBy === "Functions/SendWebhooks");
    expect(granted.flatMap(({ actions }) => actions).sort()).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  });
});

describe("with an address for webhooks", async () => {
  const template = await synthesize({ webhookUrl: url });

  it("there is a secret of base64's letters, retained, which only the sender may read", () => {
    const [secret, ...more] = template.ofType("AWS::SecretsManager::Secret");
    expect(more).toEqual([]);
    expect(secret).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: { GenerateSecretString: { PasswordLength: 44, ExcludePunctuation: true } },
    });
    const readers = grantsOf(template).filter(({ actions }) =>
      actions.some((action) => action.startsWith("secretsmanager:")),
    );
    expect(readers).toEqual([
      {
        heldBy: "Functions/SendWebhooks",
        actions: ["secretsmanager:GetSecretValue"],
        resource: `<${secret?.logicalId}>`,
      },
    ]);
  });

  it("outcomes are sent as they are announced, and what failed each minute; what is lost on the way is kept", () => {
    const rules = template.ofType("AWS::Events::Rule").filter((one) => pathOf(one).startsWith("Webhook"));
    expect(rules.map(({ Properties }) => Properties.EventPattern ?? Properties.ScheduleExpression)).toEqual([
      { source: ["signoff"], "detail-type": ["CaseDecided", "CaseRejected", "CaseWithdrawn"] },
      "rate(1 minute)",
    ]);
    expect(rules[0]?.Properties).toMatchObject({
      EventBusName: { Ref: expect.stringMatching(/^CaseEvents/) },
      Targets: [{ DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumRetryAttempts: 185 } }],
    });
  });

  it("somebody is told when receivers are hurt", () => {
    const alarms = template.ofType("AWS::CloudWatch::Alarm").map((one) => pathOf(one));
    expect(alarms).toEqual(
      expect.arrayContaining(["Alarms/WebhooksDead", "Alarms/UnacceptedOutcomes", "Alarms/SendWebhooksFails"]),
    );
  });
});

describe("the address", () => {
  it.each([url, "https://10.0.0.1/", "http://127.0.0.1:8080/x", "http://localhost:1/", "http://[::1]:9/"])(
    "may be %s",
    (webhookUrl) => {
      expect(parseSettings({ webhookUrl }, "the test").webhookUrl).toBe(webhookUrl);
    },
  );

  it.each([
    "http://erp.example.com/",
    "http://127.0.0.1.example.com/",
    "ftp://erp.example.com/",
    "erp.example.com",
    "",
    "https://user:password@erp.example.com/",
  ])("may not be %s", (webhookUrl) => {
    expect(() => parseSettings({ webhookUrl }, "the test")).toThrow(SettingsRefusedError);
  });
});

it("lets nobody but the anchoring write the anchors, and nobody delete one", async () => {
  const onAnchors = grantsOf(await synthesize()).filter(({ resource }) => resource.startsWith("<LedgerAnchorsBucket"));
  expect(new Set(onAnchors.map(({ heldBy }) => heldBy))).toEqual(new Set(["Functions/AnchorLedger"]));
  expect(onAnchors.flatMap(({ actions }) => actions).sort()).toEqual(["s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
});
