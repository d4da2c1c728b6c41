import { describe, expect, it } from "vitest";
import { authorise } from "../../../local/iam/authorise.ts";
import type { Principal } from "../../../local/iam/principal.ts";
import { operator } from "../../../local/iam/principals.ts";
import { openSecrets } from "../../../local/secrets/secrets.ts";
import type { Storage } from "../../../local/storage/storage.ts";
import { memoryStorage } from "../states/memory-storage.ts";
import { templateWith } from "../template/written-template.ts";

const template = (how: object = { PasswordLength: 44, ExcludePunctuation: true }) =>
  templateWith({ Signing: { Type: "AWS::SecretsManager::Secret", Properties: { GenerateSecretString: how } } });
const open = (storage: Storage, of = template()) =>
  openSecrets({ template: of, storage, now: () => new Date("2026-03-02T12:00:00Z"), authorise });
const arn = template().resource("Signing").ref;

async function ask(
  service: Awaited<ReturnType<typeof open>>,
  {
    operation = "GetSecretValue",
    id = arn,
    principal = operator,
  }: { operation?: string; id?: unknown; principal?: Principal } = {},
) {
  const { body } = await service.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": `secretsmanager.${operation}` },
    body: Buffer.from(JSON.stringify({ SecretId: id })),
    principal,
  });
  return JSON.parse(String(body));
}

describe("the Secrets Manager stand-in", () => {
  it("draws a secret once, as the template says, and keeps it", async () => {
    const storage = memoryStorage();
    const { SecretString, ARN } = await ask(await open(storage));
    expect(ARN).toBe(arn);
    expect(SecretString).toMatch(/^[A-Za-z0-9]{44}$/);
    expect((await ask(await open(storage))).SecretString).toBe(SecretString);
    expect((await ask(await open(memoryStorage()))).SecretString).not.toBe(SecretString);
  });

  it("leaves out the characters that the template excludes", async () => {
    const service = await open(memoryStorage(), template({ PasswordLength: 400, ExcludeCharacters: "abc\"'" }));
    expect((await ask(service)).SecretString).toMatch(/^[^abc"']{400}$/);
  });

  it("gives it to who is granted it, and to nobody else", async () => {
    const service = await open(memoryStorage());
    const role = (Resource: string): Principal => ({
      name: "Sender",
      arn: "arn:aws:sts::000000000000:assumed-role/Sender/Signoff",
      statements: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource }],
    });
    expect((await ask(service, { principal: role(arn) })).SecretString).toHaveLength(44);
    await expect(ask(service, { principal: role(`${arn}x`) })).rejects.toThrow(/not authorized/);
  });

  it.each([
    ["a secret that is not there", { id: `${arn}x` }, "ResourceNotFoundException"],
    ["a request without an id", { id: 7 }, "InvalidParameterException"],
    ["another operation", { operation: "PutSecretValue" }, "NotImplemented"],
  ])("refuses %s", async (_, question, name) => {
    await expect(ask(await open(memoryStorage()), question)).rejects.toMatchObject({ name });
  });

  it("does not start on a secret that it could not make", async () => {
    const how = { SecretStringTemplate: "{}", GenerateStringKey: "key" };
    await expect(open(memoryStorage(), template(how))).rejects.toThrow(/Signing: .*SecretStringTemplate/s);
  });
});
