import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { root } from "../build/project.ts";
import { readSettings, SettingsRefusedError } from "../settings.ts";
import { AccountNotReadyError, cloudFormationStacks, deploymentOutputs } from "./deployment.ts";
import { cognitoDirectory, dynamoMemberships } from "./directory.ts";
import { InvitationRefusedError, readInvitation } from "./invitation.ts";
import { invite } from "./invite-member.ts";

/** `npm run invite`: makes a person who can sign in, and grants a membership. Safe to repeat: the last one counts. */
async function main(): Promise<void> {
  const invitation = readInvitation(process.argv.slice(2));
  const settings = readSettings(root);
  const at = settings.region === undefined ? {} : { region: settings.region };
  const { UserPoolId, PeopleTable, PageUrl } = await deploymentOutputs(cloudFormationStacks(settings), settings);
  const sentence = await invite(invitation, {
    directory: cognitoDirectory({ client: new CognitoIdentityProviderClient(at), userPoolId: UserPoolId }),
    memberships: dynamoMemberships({ client: new DynamoDBClient(at), peopleTable: PeopleTable }),
  });
  console.log(`${sentence}\nThe page: ${PageUrl}`);
}

try {
  await main();
} catch (error) {
  const expected = [AccountNotReadyError, InvitationRefusedError, SettingsRefusedError];
  if (!(error instanceof Error) || !expected.some((kind) => error instanceof kind)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
