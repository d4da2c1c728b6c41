import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Grades } from "../../learning/grades.ts";
import { gradesOfDays } from "../../learning/grades-of-days.ts";
import { dynamoCounters } from "./counters.ts";
import { dynamoTally } from "./tally.ts";

interface GradesTable {
  readonly client: DynamoDBClient;
  readonly caseTable: string;
  /** @default the system's clock */
  readonly now?: () => Date;
}

/** From counters and tally rows of the case table: needs Query on it, nothing more. */
export const dynamoGrades = ({ client, caseTable, now = () => new Date() }: GradesTable): Grades =>
  gradesOfDays({ tally: dynamoTally({ client, caseTable }), counters: dynamoCounters({ client, caseTable }), now });
