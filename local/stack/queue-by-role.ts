import type { Queues } from "../events/queues.ts";
import type { Authorise, Principal } from "../iam/principal.ts";
import type { DeclaredFunction } from "../lambda/declared-function.ts";

/** Puts a function's failed event into a queue with the rights of the function's role, as Lambda does. */
export function deadLetterByRole(queues: Queues, authorise: Authorise, principalOf: (roleArn: string) => Principal) {
  return async (
    { roleArn }: DeclaredFunction,
    queueArn: string,
    body: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<void> => {
    authorise(principalOf(roleArn), "sqs:SendMessage", queueArn);
    await queues.send(queues.find(queueArn), body, attributes);
  };
}
