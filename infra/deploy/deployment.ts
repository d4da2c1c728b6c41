import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { type Settings, stackName } from "../settings.ts";

const outputs = z.object({
  PageUrl: z.string(),
  ApiUrl: z.string(),
  IntakeBucket: z.string(),
  OutcomeBucket: z.string(),
  PeopleTable: z.string(),
  UserPoolId: z.string(),
  ProgramClientId: z.string(),
});
export type DeploymentOutputs = z.infer<typeof outputs>;

/** The account cannot be worked with as things are. The message says what to do about it. */
export class AccountNotReadyError extends Error {
  override readonly name = "AccountNotReadyError";
}

/** What the commands ask CloudFormation; the SDK's client fits. */
export interface Stacks {
  /** Outputs by key; null when there is no such stack. */
  outputsOf(stackName: string): Promise<Readonly<Record<string, string>> | null>;
}

export function cloudFormationStacks({ region }: Pick<Settings, "region">): Stacks {
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  return {
    outputsOf: async (stackName) => {
      try {
        const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
        return Object.fromEntries(
          (stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
        );
      } catch (error) {
        if (error instanceof Error && error.name === "ValidationError" && error.message.includes("does not exist"))
          return null;
        throw explained(error);
      }
    },
  };
}

/** Credentials, region and the CDK's bootstrap are there. @throws {AccountNotReadyError} */
export async function checkAccount(stacks: Stacks): Promise<void> {
  if ((await stacks.outputsOf("CDKToolkit")) === null)
    throw new AccountNotReadyError(
      "This account and region are not bootstrapped for the CDK yet. Run npx cdk bootstrap once, then deploy again.",
    );
}

/** @throws {AccountNotReadyError} when Signoff is not deployed there, or in an older form. */
export async function deploymentOutputs(
  stacks: Stacks,
  settings: Pick<Settings, "environment">,
): Promise<DeploymentOutputs> {
  const name = stackName(settings);
  const found = await stacks.outputsOf(name);
  const parsed = outputs.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new AccountNotReadyError(
    found === null
      ? `There is no stack ${name} in this account and region. Run npm run deploy first.`
      : `The stack ${name} lacks outputs that this version needs. Run npm run deploy again.`,
  );
}

/** Names under which the SDK reports that there are no credentials, or no valid ones. */
const credentialErrors = [
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];

function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (credentialErrors.includes(error.name))
    return new AccountNotReadyError(
      `No valid AWS credentials were found (${error.name}). Sign in, for example by aws sso login, or set AWS_PROFILE.`,
      { cause: error },
    );
  if (error.message.includes("Region is missing"))
    return new AccountNotReadyError("No AWS region is set. Set AWS_REGION, or account and region in the settings.", {
      cause: error,
    });
  if (error.name === "AccessDenied")
    return new AccountNotReadyError(`These credentials may not look at CloudFormation stacks: ${error.message}`, {
      cause: error,
    });
  return error;
}
