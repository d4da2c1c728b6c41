import type { IncomingMessage, ServerResponse } from "node:http";
import type * as z from "zod";
import { type GetCaseResponse, listResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import { type Decision, type DecisionRecord, decision } from "../../../shared/contracts/decision.ts";
import type { Person } from "../../../shared/contracts/people.ts";
import type { Problem, ProblemType } from "../../../shared/contracts/problem.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { answerCase } from "./case-routes.ts";
import { bodyOf } from "./http.ts";
import { people } from "./people.ts";
import { Refusal } from "./refusal.ts";
import type { SampleCase } from "./sample-cases.ts";
import { WorkflowApi } from "./workflow-api.ts";

/** The API as scripted by a test: it keeps cases in memory, holds requests to the contracts' schemas, and can be told to fail. */
export class DeskApi {
  readonly cases = new Map<string, SampleCase>();
  /** Decisions recorded, in order; a key that comes twice is recorded once. */
  readonly recorded: {
    readonly reviewId: string;
    readonly decision: Decision;
    readonly key: string;
    readonly by: string;
  }[] = [];
  /** Everything else that was changed: the route's last part, who asked, and the body. */
  readonly done: { readonly what: string; readonly about: string; readonly by: string; readonly body: unknown }[] = [];
  readonly workflow = new WorkflowApi(people);
  readonly requests: { readonly method: string; readonly path: string; readonly key: string | undefined }[] = [];
  readonly lists = new Map<string, { rows: number; updatedAt: string | null }>();
  /** Problems to be answered once instead of the real answer, by the end of the path. */
  readonly failures: { readonly path: string; readonly problem: Problem }[] = [];
  /** Connections for paths with this end break, until it is null again. (A browser hides a single broken one by asking again.) */
  down: string | null = null;
  imageOrigin = "";

  add(sample: SampleCase): void {
    this.cases.set(sample.subject.case.caseId, sample);
  }

  fail(path: string, kind: ProblemType, more: Partial<Problem> = {}): void {
    this.failures.push({ path, problem: new Refusal(kind, more).problem });
  }

  review(reviewId: string): ReviewSummary {
    const review = this.cases.get(reviewId.slice(0, 26))?.subject.reviews.find((one) => one.reviewId === reviewId);
    if (review === undefined) throw new Refusal("not-found");
    return review;
  }

  /** Somebody else claims or decides: what a page has to notice. */
  claimAs(reviewId: string, personId: string): void {
    const person = this.#person(personId);
    this.review(reviewId).claim = {
      by: personId,
      byName: person.name,
      until: new Date(Date.now() + 900_000).toISOString(),
      assignedBy: null,
    };
  }

  decideAs(reviewId: string, personId: string, answer: Decision): DecisionRecord {
    const review = this.review(reviewId);
    const record: DecisionRecord = {
      reviewId,
      decision: answer,
      decidedBy: personId,
      decidedByName: this.#person(personId).name,
      role: "reviewer",
      decidedAt: new Date().toISOString(),
      onBehalfOf: null,
    };
    Object.assign(review, { status: "decided", claim: null, decision: record });
    return record;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL, personId: string | null): Promise<void> {
    const key = request.headers["idempotency-key"]?.toString();
    const { method = "GET" } = request;
    this.requests.push({ method, path: url.pathname, key });
    const text = await bodyOf(request);
    const at = this.failures.findIndex(({ path }) => url.pathname.endsWith(path));
    const failure = at === -1 ? undefined : this.failures.splice(at, 1)[0]?.problem;
    try {
      if (this.down !== null && url.pathname.endsWith(this.down)) return void request.socket.destroy();
      if (failure !== undefined) return send(response, failure.status, failure);
      if (personId === null) throw new Refusal("not-signed-in");
      if (method === "POST" && (key === undefined || key === "")) throw new Refusal("missing-idempotency-key");
      const body = this.#answer(method, url, text, this.#person(personId), key ?? "");
      send(response, body === undefined ? 204 : 200, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.problem.status, error.problem);
    }
  }

  #answer(method: string, url: URL, text: string, me: Person, key: string): unknown {
    const [, , kind, id = "", verb, last] = url.pathname.split("/");
    if (kind === "me" && id === "absence") return this.#note("absence", "", me, routes.setAbsence.body, text);
    if (kind === "me") return routes.getMe.response.parse(me);
    if (kind === "redrive") return this.workflow.redrive();
    if (kind === "reviews" && method === "GET") return this.#listing(url);
    if (kind === "cases" && verb === "pages") {
      const found = this.#case(id);
      const page = Number(last);
      if (!found.guidance.openedPages.includes(page)) found.guidance.openedPages.push(page);
      const expiresAt = new Date(Date.now() + 300_000).toISOString();
      return routes.getPage.response.parse({ url: `${this.imageOrigin}/${id}/${last}.svg`, expiresAt });
    }
    if (kind === "cases" && method === "GET") return routes.getCase.response.parse(this.#case(id));
    if (kind === "cases") {
      this.done.push({ what: verb ?? "", about: id, by: me.personId, body: JSON.parse(text) });
      return answerCase(this.#case(id), verb ?? "", text, me);
    }
    if (kind === "workflows" && verb === "lists") return this.#list(method, last ?? "", text);
    if (kind === "workflows") return this.workflow.answer(method, url, text, me);
    if (verb === "claim") return this.#claim(this.review(id), me);
    if (verb === "release") return this.#release(this.review(id), me);
    if (verb === "decision") return this.#decide(this.review(id), text, me, key);
    if (verb === "assign") {
      const { personId } = routes.assignReview.body.parse(JSON.parse(text));
      this.claimAs(id, personId);
      const { claim } = this.review(id);
      if (claim !== null) claim.assignedBy = me.name;
      return routes.assignReview.response.parse(this.review(id));
    }
    if (verb === "attachments") {
      this.#note("attachments", id, me, routes.attachEvidence.body, text);
      return routes.attachEvidence.response.parse({ attachmentId: "attachment".padEnd(26, "2") });
    }
    throw new Refusal("not-found");
  }

  #case(caseId: string): GetCaseResponse {
    const found = this.cases.get(caseId);
    if (found === undefined) throw new Refusal("not-found");
    return found.subject;
  }

  #note(what: string, about: string, me: Person, schema: z.ZodType, text: string): undefined {
    this.done.push({ what, about, by: me.personId, body: schema.parse(JSON.parse(text)) });
  }

  #listing(url: URL) {
    const status = url.searchParams.get("status") ?? "waiting";
    const reviews = [...this.cases.values()]
      .flatMap(({ subject }) => subject.reviews)
      .filter((review) => review.status === status);
    return routes.listReviews.response.parse({ reviews, cursor: null });
  }

  #claim(review: ReviewSummary, me: Person) {
    if (review.decision !== null) throw decided(review.decision);
    if (review.status === "expired") throw new Refusal("review-expired");
    if (review.claim !== null && review.claim.by !== me.personId) {
      throw new Refusal("already-claimed", { claimedBy: review.claim.byName, claimedUntil: review.claim.until });
    }
    this.claimAs(review.reviewId, me.personId);
    return routes.claimReview.response.parse(review);
  }

  #release(review: ReviewSummary, me: Person): undefined {
    if (review.claim?.by === me.personId) review.claim = null;
  }

  #decide(review: ReviewSummary, text: string, me: Person, key: string) {
    const earlier = this.recorded.find((one) => one.key === key);
    if (earlier !== undefined && review.decision !== null) return { decision: review.decision, unmasked: false };
    if (review.decision !== null) throw decided(review.decision);
    const other = review.claim !== null && review.claim.by !== me.personId ? review.claim : null;
    if (other) throw new Refusal("already-claimed", { claimedBy: other.byName, claimedUntil: other.until });
    const parsed = decision.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Refusal("malformed-request", { detail: parsed.error.message });
    const { action } = parsed.data;
    if (review.blind && review.blindAnswer === null && action === "approve") throw new Refusal("blind-answer-needed");
    const unmasked = this.#keepBlind(review, parsed.data, me);
    const record = unmasked ?? this.decideAs(review.reviewId, me.personId, parsed.data);
    this.recorded.push({ reviewId: review.reviewId, decision: parsed.data, key, by: me.personId });
    return routes.decideReview.response.parse({ decision: record, unmasked: unmasked !== null });
  }

  /** A blind answer of a case that a rule handed over is kept, and everything is shown; null where the answer settles it. */
  #keepBlind(review: ReviewSummary, answer: Decision, me: Person): DecisionRecord | null {
    const sample = this.cases.get(review.caseId);
    if (!review.blind || review.blindAnswer !== null || sample?.unmasked === undefined) return null;
    const blindAnswer: DecisionRecord = {
      reviewId: review.reviewId,
      decision: answer,
      decidedBy: me.personId,
      decidedByName: me.name,
      role: review.role,
      decidedAt: new Date().toISOString(),
      onBehalfOf: null,
    };
    const { guidance } = sample.subject;
    const shown = sample.unmasked;
    sample.subject = {
      ...shown,
      guidance: { ...shown.guidance, openedPages: guidance.openedPages },
      reviews: shown.reviews.map((one) => ({ ...one, blindAnswer, claim: review.claim })),
    };
    return blindAnswer;
  }

  #list(method: string, name: string, text: string) {
    const stored = this.lists.get(name) ?? { rows: 0, updatedAt: null };
    if (method === "GET") return listResponse.parse({ list: name, ...stored });
    const { csv } = routes.putList.body.parse(JSON.parse(text));
    const rows = csv.trim().split("\n");
    const errors = rows.flatMap((row, at) =>
      at > 0 && row.split(",").length !== 3
        ? [{ pointer: `/csv/${at + 1}`, detail: `has ${row.split(",").length} columns, not 3` }]
        : [],
    );
    if (errors.length > 0) throw new Refusal("value-invalid", { errors });
    const now = { rows: rows.length - 1, updatedAt: new Date().toISOString() };
    this.lists.set(name, now);
    return listResponse.parse({ list: name, ...now });
  }

  #person(personId: string): Person {
    const person = people.find((one) => one.personId === personId);
    if (person === undefined) throw new Refusal("not-allowed");
    return person;
  }
}

const decided = (record: DecisionRecord) =>
  new Refusal("already-decided", {
    decidedBy: record.decidedByName,
    decidedAt: record.decidedAt,
    action: record.decision.action,
  });

function send(response: ServerResponse, status: number, body: unknown): void {
  const isProblem = status >= 400;
  response.writeHead(status, {
    "content-type": isProblem ? "application/problem+json" : "application/json",
    "cache-control": "no-store",
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
