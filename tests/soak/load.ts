import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { demoPeople } from "../../local/demo/people.ts";
import { companies } from "../../local/demo/samples/company.ts";
import { drawInvoice } from "../../local/demo/samples/layouts/draw-invoice.ts";
import { printedTotals, type SampleInvoice } from "../../local/demo/samples/sample-invoice.ts";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { caseIdOfDrop } from "../../shared/case/case-id.ts";
import { decideResponse, listReviewsResponse } from "../../shared/contracts/api.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import { anInvoice } from "../stack/an-invoice.ts";
import { type ApiClient, apiClient } from "../stack/api-client.ts";
import type { Told } from "./messages.ts";
import type { StackHandle } from "./stack-handle.ts";

type Ready = Extract<Told, { kind: "ready" }>;

/** One in five has a misprinted total, which a person must see. */
const oneInAsked = 5;
/** Cases under way at once: enough to keep two cores busy, few enough that latency is the stack's and not the queue's. */
const underWayAtOnce = 8;
const pollMilliseconds = 250;
const reviewers = ["reviewer-1", "reviewer-2"];

const personOf = (username: string): string => demoPeople.find((one) => one.username === username)?.sub ?? "";

/** Milliseconds of one thing that was done, in the order in which they ended. */
export interface Latencies {
  readonly automatic: number[];
  readonly asked: number[];
  readonly listing: number[];
  readonly deciding: number[];
}

/** Drops invoices and answers whatever people are asked, audits too, as fast as the stack takes it. */
export class Load {
  readonly latencies: Latencies = { automatic: [], asked: [], listing: [], deciding: [] };
  readonly #underWay = new Map<string, { readonly since: number; readonly asked: boolean; readonly end: () => void }>();
  readonly #s3: S3Client;
  readonly #ready: Ready;
  readonly #over = new Set<string>();
  /** What stands on each document, by case: what an audit is answered with. */
  readonly #documents = new Map<string, SampleInvoice>();
  readonly #stack: StackHandle;
  answered = 0;
  audited = 0;
  /** Other answers than were expected, each once. */
  readonly surprises = new Map<string, number>();
  ended = 0;

  constructor(stack: StackHandle, ready: Ready) {
    this.#ready = ready;
    this.#stack = stack;
    this.#s3 = new S3Client({
      endpoint: ready.awsEndpoint,
      region: "us-east-1",
      credentials: ready.accessKey,
      forcePathStyle: true,
      requestChecksumCalculation: "WHEN_REQUIRED",
    });
    stack.onOutcome = (caseId) => this.#outcome(caseId);
  }

  async uploadLists(): Promise<void> {
    const owner = await this.#signIn("owner-1");
    for (const [list, csv] of Object.entries(sampleLists())) {
      const { status } = await owner.post(`/api/workflows/invoices/lists/${list}`, { csv });
      if (status !== 200) throw new Error(`The list ${list} was not taken: ${status}.`);
    }
  }

  /** Resolves when all are over. @param each - told after each case that ended */
  async run(cases: number, each: () => Promise<void>): Promise<void> {
    let next = 0;
    let more = true;
    const sender = async () => {
      while (next < cases) {
        const number = next++;
        await this.#one(number);
        this.ended += 1;
        await each();
      }
    };
    const reviewing = reviewers.map((name) => this.#review(name, () => more));
    await Promise.all([...Array(underWayAtOnce)].map(sender));
    more = false;
    await Promise.all(reviewing);
    await this.#answerLateAudits();
  }

  /** An audit is asked for after its outcome; one that never ends is found by whoever counts afterwards. */
  async #answerLateAudits(): Promise<void> {
    for (let pass = 1; pass <= 10; pass++) {
      if ((await this.#stack.count()).openCases === 0) return;
      await Promise.all(reviewers.map((name) => this.#review(name, () => false)));
    }
  }

  async #one(number: number): Promise<void> {
    const asked = number % oneInAsked === oneInAsked - 1;
    const invoice = anInvoice({
      supplier: companies.thistlecombe,
      number: `SOAK-${number}`,
      // No two invoices of the same amount, none above what passes alone.
      lines: [{ description: "Recycled copier paper A4, box", quantity: 2, unitPriceMinor: 1_000 + number }],
      ...(asked && { misprintedGrossMinor: 1_000_00 + number }),
    });
    const pdf = await drawInvoice(invoice);
    const since = performance.now();
    const Key = `invoices/soak-${number}.pdf`;
    const put = new PutObjectCommand({ Bucket: this.#ready.intakeBucket, Key, Body: pdf });
    const { VersionId } = await this.#s3.send(put);
    const caseId = caseIdOfDrop(this.#ready.intakeBucket, Key, VersionId ?? "");
    this.#documents.set(caseId, invoice);
    await new Promise<void>((end) => {
      this.#underWay.set(caseId, { since, asked, end });
      if (this.#over.has(caseId)) this.#outcome(caseId);
    });
  }

  #outcome(caseId: string): void {
    const found = this.#underWay.get(caseId);
    if (!found) return void this.#over.add(caseId);
    this.#underWay.delete(caseId);
    this.#over.delete(caseId);
    this.latencies[found.asked ? "asked" : "automatic"].push(performance.now() - found.since);
    found.end();
  }

  /** A reviewer: looks at the queue, opens what waits, claims it and answers. */
  async #review(name: string, more: () => boolean): Promise<void> {
    let client = await this.#signIn(name);
    let waiting = true;
    while (more() || waiting) {
      const [status, body] = await this.#timed("listing", async () => {
        const answer = await client.get("/api/reviews");
        return [answer.status, answer.body] as const;
      });
      if (status === 401) client = await this.#signIn(name);
      const reviews = status === 200 ? listReviewsResponse.parse(body).reviews : [];
      waiting = status !== 200 || reviews.length > 0;
      for (const { reviewId, caseId, claim } of reviews) {
        // One's own claim is left from an answer that did not arrive.
        if (claim !== null && claim.by !== personOf(name) && claim.until > new Date().toISOString()) continue;
        if ((await client.post(`/api/reviews/${reviewId}/claim`)).status !== 200) continue;
        await client.get(`/api/cases/${caseId}`);
        const audit = !this.#underWay.has(caseId);
        const decision = this.#answerTo(caseId, audit);
        const decide = (answer: Decision) => client.post(`/api/reviews/${reviewId}/decision`, answer);
        let decided = await this.#timed("deciding", () => decide(decision));
        // Who answered blind sees everything now, and answers again.
        if (decided.status === 200 && decideResponse.parse(decided.body).unmasked)
          decided = await decide({ ...decision, knowing: true });
        if (decided.status !== 200) this.#surprise(`decision ${decided.status} ${decided.problem ?? ""}`);
        else if (audit) this.audited += 1;
        else this.answered += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
  }

  /** What passed alone is confirmed; what does not add up is rejected. */
  #answerTo(caseId: string, audit: boolean): Decision {
    const invoice = this.#documents.get(caseId);
    if (!audit || !invoice) return { action: "reject", note: "Misprinted" };
    const { supplier, number, issueDate } = invoice;
    const gross = (printedTotals(invoice).gross / 100).toFixed(2);
    const fields = { supplier: supplier.name, number, issueDate, currency: supplier.currency, gross };
    return { action: "correct", fields };
  }

  #surprise(what: string): void {
    this.surprises.set(what, (this.surprises.get(what) ?? 0) + 1);
  }

  async #timed<T>(what: keyof Latencies, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.latencies[what].push(performance.now() - began);
    return result;
  }

  async #signIn(username: string): Promise<ApiClient> {
    const { pageUrl, signInUrl, personClientId } = this.#ready;
    return apiClient({ pageUrl, signInUrl, clientSecret: () => "" }).asPerson(personOf(username), personClientId);
  }
}
