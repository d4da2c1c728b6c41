import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { InvitePorts } from "./invite-member.ts";

/** The user pool. Cognito sends the invitation and chooses the first password, which is valid for three days. */
export function cognitoDirectory({
  client,
  userPoolId,
}: {
  client: CognitoIdentityProviderClient;
  userPoolId: string;
}): InvitePorts["directory"] {
  const user = { UserPoolId: userPoolId };
  return {
    ensurePerson: async (email, name) => {
      try {
        const { User } = await client.send(
          new AdminCreateUserCommand({
            ...user,
            Username: email,
            DesiredDeliveryMediums: ["EMAIL"],
            UserAttributes: [
              { Name: "email", Value: email },
              // The invitation goes there: whoever signs in with its password can read it.
              { Name: "email_verified", Value: "true" },
              { Name: "name", Value: name },
            ],
          }),
        );
        return { personId: subjectOf(User?.Attributes, email), created: true };
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
        const { UserAttributes } = await client.send(new AdminGetUserCommand({ ...user, Username: email }));
        return { personId: subjectOf(UserAttributes, email), created: false };
      }
    },
  };
}

function subjectOf(attributes: readonly AttributeType[] | undefined, email: string): string {
  const subject = attributes?.find(({ Name }) => Name === "sub")?.Value;
  if (subject === undefined) throw new Error(`Cognito answered without the subject of ${email}.`);
  return subject;
}

export function dynamoMemberships({
  client,
  peopleTable,
}: {
  client: DynamoDBClient;
  peopleTable: string;
}): InvitePorts["memberships"] {
  return {
    put: async (row) => {
      await client.send(new PutItemCommand({ TableName: peopleTable, Item: marshall(row) }));
    },
  };
}
