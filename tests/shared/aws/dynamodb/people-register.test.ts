import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { dynamoMemberships } from "../../../../infra/deploy/directory.ts";
import { invite } from "../../../../infra/deploy/invite-member.ts";
import { dynamoCaseStore } from "../../../../shared/aws/dynamodb/case-store.ts";
import { toItem } from "../../../../shared/aws/dynamodb/item.ts";
import { dynamoPeople } from "../../../../shared/aws/dynamodb/people.ts";
import { dynamoPeopleRegister } from "../../../../shared/aws/dynamodb/people-register.ts";
import { peopleChainId } from "../../../../shared/case/case-id.ts";
import type { Person } from "../../../../shared/contracts/people.ts";
import { aMembership, aPerson, later, noon } from "../../case/builders.ts";
import { registerContract } from "../../people/register-contract.ts";
import { givenTables } from "./running-tables.ts";

async function openRegister(...everybody: readonly Person[]) {
  const tables = await givenTables();
  const { client, peopleTable: TableName } = tables;
  for (const { personId, name, memberships } of everybody)
    for (const membership of memberships)
      await client.send(new PutItemCommand({ TableName, Item: toItem({ personId, name, ...membership }) }));
  const history = dynamoCaseStore(tables).history;
  return {
    tables,
    people: dynamoPeople({ ...tables, now: () => noon }),
    register: dynamoPeopleRegister(tables),
    chainOf: (workflow: string) => history(peopleChainId(workflow)),
  };
}

registerContract("DynamoDB", openRegister);

it("takes a row that the invite command wrote, also of somebody who is away or covers", async () => {
  const { tables, people, register } = await openRegister(aPerson("rita"), aPerson("eva"));
  const absence = { coveredBy: "rita", coveredByName: "Rita", until: later(60).toISOString() };
  const head = await register.head("invoices");
  const entry = {
    type: "AbsenceSet" as const,
    actor: { kind: "person" as const, id: "eva", name: "Eva" },
    summary: "Is away",
    details: {},
  };
  await register.commit(
    {
      events: [{ workflow: "invoices", head, entry }],
      absence: { personId: "eva", name: "Eva", before: null, after: absence },
    },
    noon,
  );
  const memberships = dynamoMemberships(tables);
  const ensurePerson = async (email: string) => ({ personId: email.split("@")[0] ?? "", created: false });
  for (const email of ["rita@example.com", "eva@example.com"]) {
    const membership = aMembership({ role: "expert" });
    await invite(
      { who: { kind: "person", email }, name: email, membership },
      { directory: { ensurePerson }, memberships },
    );
  }
  expect(await people.find("rita")).toMatchObject({ memberships: [{ role: "expert" }], covers: [{ personId: "eva" }] });
  expect((await register.member("eva"))?.absence).toEqual(absence);
});

it("no longer lets somebody act whose membership was removed a moment ago, on a connection that had read it", async () => {
  const { people, register } = await openRegister(aPerson("rita"));
  expect(await people.find("rita")).not.toBeNull();
  const entry = {
    type: "PersonChanged" as const,
    actor: { kind: "person" as const, id: "olga", name: "Olga" },
    summary: "Took",
    details: {},
  };
  const head = await register.head("invoices");
  const membership = { personId: "rita", name: "Rita", workflow: "invoices" as const, after: null };
  await register.commit({ events: [{ workflow: "invoices", head, entry }], membership }, noon);
  expect(await people.find("rita")).toBeNull();
});
