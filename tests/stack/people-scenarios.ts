import { expect } from "vitest";
import { demoPeople } from "../../local/demo/people.ts";
import { listPeopleResponse, type Person, person } from "../../shared/contracts/people.ts";
import { metricsResponse } from "../../shared/contracts/tally.ts";
import { invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { type ApiClient, eventually } from "./api-client.ts";
import { invoke } from "./invoke.ts";
import type { Scenario } from "./scenarios.ts";
import type { DemoName } from "./test-stack.ts";

const idOf = (name: DemoName): string => demoPeople.find(({ username }) => username === name)?.sub ?? "";
const meOf = async (client: ApiClient): Promise<Person> => person.parse((await client.get("/api/me")).body);
const hour = 60 * 60 * 1000;

/** Figures, and who may do what. */
export const peopleScenarios: readonly Scenario[] = [
  {
    title: "an owner sees what was counted, live and rolled up, with the harm that came of it",
    roles: ["GetMetrics", "RollUp", "ReportImpact"],
    run: async (test) => {
      const caseId = await test.drop("invoices/counted.pdf", await invoiceThatDoesNotAddUp());
      await test.caseWhen(caseId, ({ case: { status } }) => status === "waiting");
      const owner = await test.as("owner-1");
      const metrics = async () => metricsResponse.parse((await owner.get("/api/workflows/invoices/metrics")).body);
      expect((await metrics()).backlog).toMatchObject({ waiting: 1, overdue: 0 });
      const impact = { amountMinor: 4_000, currency: "EUR", source: "A dunning letter", date: "2026-01-31" };
      const early = await owner.post(`/api/cases/${caseId}/impact`, impact);
      expect([early.status, early.problem]).toEqual([409, "case-not-waiting"]);
      const rejection = { action: "reject", note: "It does not add up" };
      expect((await owner.post(`/api/reviews/${caseId}-1/decision`, rejection)).status).toBe(200);
      await test.caseWhen(caseId, ({ case: { status } }) => status === "closed");
      expect((await owner.post(`/api/cases/${caseId}/impact`, impact)).status).toBe(204);
      const live = await metrics();
      expect(live.total).toMatchObject({
        gated: 1,
        escalated: 1,
        delivered: 1,
        harm: { EUR: 4_000 },
        answers: { reject: 1 },
      });
      expect(live.backlog.waiting).toBe(0);
      await invoke(test, "RollUp");
      expect((await metrics()).total).toEqual(live.total);
      const reviewer = await test.as("reviewer-1");
      expect((await reviewer.get("/api/workflows/invoices/metrics")).status).toBe(403);
    },
  },
  {
    title: "an owner gives somebody a role, takes it away, and it counts at once",
    roles: ["PutPerson", "ListPeople", "GetMe"],
    run: async (test) => {
      const owner = await test.as("owner-1");
      const outsider = await test.as("outsider");
      const address = `/api/workflows/invoices/people/${idOf("outsider")}`;
      const membership = { role: "reviewer", queues: "*", limits: { EUR: 100 }, unlimited: false };
      expect((await outsider.get("/api/reviews")).body).toEqual({ reviews: [], cursor: null });
      expect((await owner.post(address, { name: "Outsider", membership })).status).toBe(204);
      expect((await meOf(outsider)).memberships).toMatchObject([{ role: "reviewer" }]);
      await eventually(
        async () => {
          const { people } = listPeopleResponse.parse((await owner.get("/api/workflows/invoices/people")).body);
          return people.find(({ personId }) => personId === idOf("outsider")) ?? null;
        },
        "the new member in the list",
        test.patienceSeconds,
      );
      expect((await owner.post(address, { name: "Outsider", membership: null })).status).toBe(204);
      expect((await meOf(outsider)).memberships).toEqual([]);
      expect(
        (await owner.post(`/api/workflows/invoices/people/${idOf("owner-1")}`, { name: "Me", membership: null }))
          .status,
      ).toBe(403);
    },
  },
  {
    title: "a colleague covers for an absent expert until they are back",
    roles: ["SetAbsence", "GetMe"],
    run: async (test) => {
      const [reviewer, expert] = [await test.as("reviewer-1"), await test.as("expert-1")];
      const absence = { coveredBy: idOf("reviewer-1"), until: new Date(Date.now() + hour).toISOString() };
      expect((await expert.post("/api/me/absence", absence)).status).toBe(204);
      expect((await meOf(reviewer)).covers).toMatchObject([{ personId: idOf("expert-1") }]);
      expect((await expert.post("/api/me/absence", { ...absence, until: null })).status).toBe(204);
      expect((await meOf(reviewer)).covers).toEqual([]);
    },
  },
];
