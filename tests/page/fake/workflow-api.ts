import type * as z from "zod";
import { redriveResponse } from "../../../shared/contracts/api.ts";
import type { memberSummary, Person } from "../../../shared/contracts/people.ts";
import { type Policy, type PolicyChange, policy as policySchema } from "../../../shared/contracts/policy.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import type { Counters } from "../../../shared/contracts/tally.ts";
import { Refusal } from "./refusal.ts";
import { sampleMetrics } from "./sample-metrics.ts";
import { samplePolicy } from "./sample-policy.ts";

type Member = z.infer<typeof memberSummary>;

/** What owners read and change: policy, figures, people. A change that is not `stopped: true` waits, unless `tightens` says otherwise. */
export class WorkflowApi {
  policy: Policy = samplePolicy;
  changes: PolicyChange[] = [];
  /** What the next proposal does. */
  effect: "tightens" | "loosens" = "loosens";
  people: Member[];
  metrics: Counters | null = null;

  constructor(people: readonly Person[]) {
    this.people = people.flatMap(({ personId, name, memberships: [membership] }) =>
      membership === undefined ? [] : [{ personId, name, membership, absentUntil: null, coveredBy: null }],
    );
  }

  answer(method: string, url: URL, text: string, me: Person): unknown {
    const [, , , , what, last, verb] = url.pathname.split("/");
    const body: unknown = text === "" ? null : JSON.parse(text);
    if (what === "metrics") return routes.getMetrics.response.parse(sampleMetrics(url.searchParams));
    if (what === "people" && method === "GET") return routes.listPeople.response.parse({ people: this.people });
    if (what === "people") return this.#putPerson(last ?? "", body);
    if (what === "stop") {
      const { because } = routes.stopWorkflow.body.parse(body);
      return this.#apply(this.#change({ ...this.policy, stopped: true }, because, "tightens", me));
    }
    if (what === "policy" && verb === undefined && last === undefined) return this.#current();
    if (what === "policy" && last === "changes") return this.#propose(body, me, verb, url);
    throw new Refusal("not-found");
  }

  redrive() {
    return redriveResponse.parse({
      casesContinued: ["case".padEnd(26, "2")],
      dropsReopened: 0,
      webhooksRetried: 2,
      failed: [{ what: "webhook of case 3", because: "The receiver answered 500." }],
    });
  }

  #current() {
    return routes.getPolicy.response.parse({
      policy: this.policy,
      hash: `hash-${this.policy.version}`,
      changes: this.changes,
      vocabulary: {
        fields: [{ name: "gross", label: "Gross" }],
        signals: [{ name: "totalsDoNotAddUp", states: "Net plus tax is not the gross amount" }],
      },
      progress: { cases: 213, wrong: 2, criteria: { minCases: 300, maxErrorRate: 0.01 }, met: false },
    });
  }

  #propose(body: unknown, me: Person, changeId: string | undefined, url: URL) {
    if (changeId !== undefined && url.pathname.endsWith("/answer")) return this.#sign(changeId, body, me);
    const { policy, because } = routes.proposePolicyChange.body.parse(body);
    const parsed = policySchema.safeParse(policy);
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({
        pointer: `/policy/${path.join("/")}`,
        detail: message,
      }));
      throw new Refusal("policy-invalid", { detail: "The policy has problems.", errors });
    }
    const change = this.#change(parsed.data, because, this.effect, me);
    return this.effect === "tightens" ? this.#apply(change) : this.#wait(change);
  }

  #change(next: Policy, because: string, effect: "tightens" | "loosens", me: Person): PolicyChange {
    const { version } = this.policy;
    return {
      changeId: `invoices-${version}-aaaaaaa${this.changes.length + 2}`,
      workflow: "invoices",
      status: "waiting",
      baseVersion: version,
      version: null,
      differences: [
        { path: "/stopped", effect, summary: next.stopped ? "Every case goes to people" : "The rules hold" },
      ],
      because,
      proposedBy: me.personId,
      proposedByName: me.name,
      proposedAt: new Date().toISOString(),
      expiresAt: null,
      answeredBy: null,
      answeredByName: null,
      answeredAt: null,
      note: null,
      policy: next,
    };
  }

  #wait(change: PolicyChange): PolicyChange {
    const waiting = { ...change, expiresAt: new Date(Date.now() + 7 * 24 * 3_600_000).toISOString() };
    this.changes = [waiting, ...this.changes];
    return routes.proposePolicyChange.response.parse(waiting);
  }

  #apply(change: PolicyChange): PolicyChange {
    const version = this.policy.version + 1;
    this.policy = { ...change.policy, version };
    const applied: PolicyChange = { ...change, status: "applied", version, policy: this.policy };
    this.changes = [applied, ...this.changes.filter(({ changeId }) => changeId !== change.changeId)];
    return routes.stopWorkflow.response.parse(applied);
  }

  #sign(changeId: string, body: unknown, me: Person): PolicyChange {
    const { answer, note } = routes.answerPolicyChange.body.parse(body);
    const change = this.changes.find((one) => one.changeId === changeId);
    if (change === undefined) throw new Refusal("not-found");
    const answered: PolicyChange = {
      ...change,
      answeredBy: me.personId,
      answeredByName: me.name,
      answeredAt: new Date().toISOString(),
      note: note ?? null,
    };
    if (answer === "sign") return this.#apply(answered);
    const refused: PolicyChange = { ...answered, status: "refused" };
    this.changes = this.changes.map((one) => (one.changeId === changeId ? refused : one));
    return routes.answerPolicyChange.response.parse(refused);
  }

  #putPerson(personId: string, body: unknown): undefined {
    const { name, membership } = routes.putPerson.body.parse(body);
    const others = this.people.filter((one) => one.personId !== personId);
    const kept =
      membership === null
        ? []
        : [
            {
              personId,
              name,
              membership: { ...membership, workflow: "invoices" as const },
              absentUntil: null,
              coveredBy: null,
            },
          ];
    this.people = [...others, ...kept];
  }
}
