import { describe, expect, it } from "vitest";
import {
  AccountNotReadyError,
  checkAccount,
  deploymentOutputs,
  type Stacks,
} from "../../../infra/deploy/deployment.ts";

const stacks = (known: Readonly<Record<string, Readonly<Record<string, string>>>>): Stacks => ({
  outputsOf: async (stackName) => known[stackName] ?? null,
});
const outputs = {
  PageUrl: "https://d1.cloudfront.net/",
  ApiUrl: "https://api.example.com",
  IntakeBucket: "intake",
  OutcomeBucket: "outcomes",
  PeopleTable: "people",
  UserPoolId: "pool",
  ProgramClientId: "program",
};

describe("an account", () => {
  it("is ready once the CDK is bootstrapped", async () => {
    await expect(checkAccount(stacks({ CDKToolkit: { BootstrapVersion: "30" } }))).resolves.toBeUndefined();
  });

  it("is not ready before, and the message says what to run", async () => {
    await expect(checkAccount(stacks({}))).rejects.toThrow(AccountNotReadyError);
    await expect(checkAccount(stacks({}))).rejects.toThrow(/npx cdk bootstrap/);
  });
});

describe("a deployment", () => {
  it("is found under the environment's name", async () => {
    const known = stacks({ Signoff: outputs, "Signoff-trial": { ...outputs, PeopleTable: "trial-people" } });
    expect(await deploymentOutputs(known, { environment: "production" })).toEqual(outputs);
    expect(await deploymentOutputs(known, { environment: "trial" })).toMatchObject({ PeopleTable: "trial-people" });
  });

  it("says what to run where there is none, or an older one", async () => {
    await expect(deploymentOutputs(stacks({}), { environment: "trial" })).rejects.toThrow(
      /There is no stack Signoff-trial.*npm run deploy/,
    );
    const older = stacks({ Signoff: { PageUrl: outputs.PageUrl } });
    await expect(deploymentOutputs(older, { environment: "production" })).rejects.toThrow(/lacks outputs/);
  });
});
