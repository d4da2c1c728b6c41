import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Membership, Person } from "../../shared/contracts/people.ts";
import type { SignInPerson } from "../sign-in/person.ts";

/** Somebody of the demo: how they sign in, and what the people table says they may do. */
export interface DemoPerson extends SignInPerson {
  readonly memberships: readonly Membership[];
}

/** The same limit in each of the three currencies, in minor units. */
const upTo = (amountMinor: number) => ({ EUR: amountMinor, USD: amountMinor, GBP: amountMinor });

const member = (role: Membership["role"], limits: Membership["limits"], unlimited = false): Membership => ({
  workflow: "invoices",
  role,
  queues: "*",
  limits,
  unlimited,
});

const reviewer = member("reviewer", upTo(5_000_00));
const expert = member("expert", upTo(50_000_00));
const owner = member("owner", {}, true);

/** Fixed for ever: what one person decided yesterday is theirs after a restart. Two of a role, so that four eyes can be shown. */
export const demoPeople: readonly DemoPerson[] = [
  {
    sub: "9d3c6a52-0001-4a7e-8f10-5f3a0c1d0001",
    username: "reviewer-1",
    name: "Reviewer 1",
    may: "Decides invoices up to 5 000.00",
    memberships: [reviewer],
  },
  {
    sub: "9d3c6a52-0002-4a7e-8f10-5f3a0c1d0002",
    username: "reviewer-2",
    name: "Reviewer 2",
    may: "Decides invoices up to 5 000.00",
    memberships: [reviewer],
  },
  {
    sub: "9d3c6a52-0003-4a7e-8f10-5f3a0c1d0003",
    username: "expert-1",
    name: "Subject expert",
    may: "Decides invoices up to 50 000.00, and what reviewers escalate",
    memberships: [expert],
  },
  {
    sub: "9d3c6a52-0004-4a7e-8f10-5f3a0c1d0004",
    username: "owner-1",
    name: "Workflow owner 1",
    may: "Decides any invoice and replaces the reference lists",
    memberships: [owner],
  },
  {
    sub: "9d3c6a52-0005-4a7e-8f10-5f3a0c1d0005",
    username: "owner-2",
    name: "Workflow owner 2",
    may: "Decides any invoice and replaces the reference lists",
    memberships: [owner],
  },
  {
    sub: "9d3c6a52-0006-4a7e-8f10-5f3a0c1d0006",
    username: "outsider",
    name: "Outsider",
    may: "Can sign in, and may do nothing",
    memberships: [],
  },
];

/** The program that submits cases and follows its own. */
export const demoProgram = (clientId: string): Person => ({
  personId: clientId,
  name: "Submitting program",
  memberships: [member("submitter", {})],
  covers: [],
});

/** Writes everybody's memberships, one item a person and workflow; writing them again changes nothing. */
export async function enrol(client: DynamoDBClient, peopleTable: string, people: readonly Person[]): Promise<void> {
  for (const { personId, name, memberships } of people) {
    for (const membership of memberships) {
      const Item = marshall({ personId, name, ...membership });
      await client.send(new PutItemCommand({ TableName: peopleTable, Item }));
    }
  }
}
