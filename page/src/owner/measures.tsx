import { useEffect, useState } from "preact/hooks";
import type { Workflow } from "../../../shared/contracts/identifiers.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import type { Answer, Client } from "../api/client.ts";
import { sentence } from "../api/problem.ts";
import { Notice } from "../case/notice.tsx";
import { dueInWords } from "../queue/due.ts";
import { useNow } from "../view/use-now.ts";
import { BarTable, DayBars } from "./bars.tsx";
import { amounts, duration, gradeRows, lastDays, overrideRows, percent, rate, reasonRows } from "./figures.ts";
import { reasonNames } from "./reason-names.ts";

interface Props {
  readonly client: Client;
  readonly workflow: Workflow;
  readonly policy: Policy;
  readonly fieldNames: ReadonlyMap<string, string>;
}

const spans = [7, 30, 90] as const;

/** The four figures of a workflow over a span of days, and what waits now. */
export function Measures({ client, workflow, policy, fieldNames }: Props) {
  const [days, setDays] = useState<number>(30);
  const [tries, setTries] = useState(0);
  const [metrics, setMetrics] = useState<Answer<"getMetrics"> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = tries >= 0;
    client.call("getMetrics", { path: { workflow }, query: lastDays(days, Date.now()) }).then(
      (answer) => {
        if (!isCurrent) return;
        setMetrics(answer);
        setFailure(null);
      },
      (error: unknown) => isCurrent && setFailure(sentence(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, workflow, days, tries]);

  return (
    <section aria-labelledby="figures">
      <div class="section-head">
        <h2 id="figures">Figures</h2>
        <label>
          <span class="unseen">Span of the figures</span>
          <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                last {span} days
              </option>
            ))}
          </select>
        </label>
      </div>
      {failure !== null && <Notice text={failure} retry={() => setTries((count) => count + 1)} />}
      {metrics !== null && <Figures metrics={metrics} policy={policy} fieldNames={fieldNames} />}
    </section>
  );
}

function Figures({
  metrics,
  policy,
  fieldNames,
}: { metrics: Answer<"getMetrics"> } & Pick<Props, "policy" | "fieldNames">) {
  const { total, days } = metrics;
  const reasons = reasonNames(policy, fieldNames);
  const nameOf = (names: ReadonlyMap<string, string>) => (key: string) => names.get(key) ?? key;
  return (
    <div class="figures">
      <Backlog backlog={metrics.backlog} />
      <article class="card" aria-labelledby="escalation">
        <h3 id="escalation">Escalation rate</h3>
        <p class="figure">{percent(rate(total.escalated, total.gated))}</p>
        <p class="soft">
          {total.escalated} of {total.gated} cases went to people; {total.passed} passed.
        </p>
        <DayBars
          title="Escalation rate by day"
          days={days.map(({ day, counters }) => {
            const value = rate(counters.escalated, counters.gated);
            return { day, value, says: percent(value) };
          })}
        />
        <BarTable
          title="Escalation rate by reason"
          rows={reasonRows(total, nameOf(reasons))}
          empty="No rule fired in this span."
        />
      </article>
      <article class="card" aria-labelledby="overrides">
        <h3 id="overrides">Override frequency by field</h3>
        <BarTable
          title="Override frequency by field"
          rows={overrideRows(total, nameOf(fieldNames))}
          empty="Nobody was asked about a field in this span."
        />
        <h4>What the software would have got wrong</h4>
        <BarTable title="Graded cases" rows={gradeRows(total)} empty="No case was graded in this span." />
        <p class="soft">
          Marked “wrong queue” {total.marks["wrong-queue"] ?? 0} times, “instruction unclear”{" "}
          {total.marks["instruction-unclear"] ?? 0} times.
        </p>
      </article>
      <article class="card" aria-labelledby="times">
        <h3 id="times">Resolution time</h3>
        <p class="figure">{duration(total.resolutionSeconds.p50)}</p>
        <p class="soft">Half of {total.resolutionSeconds.count} answers came sooner.</p>
        <table class="plain" aria-label="Times">
          <thead>
            <tr>
              <th scope="col">From opening to</th>
              <th scope="col">half</th>
              <th scope="col">nine of ten</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">first claim</th>
              <td>{duration(total.firstClaimSeconds.p50)}</td>
              <td>{duration(total.firstClaimSeconds.p90)}</td>
            </tr>
            <tr>
              <th scope="row">resolution</th>
              <td>{duration(total.resolutionSeconds.p50)}</td>
              <td>{duration(total.resolutionSeconds.p90)}</td>
            </tr>
          </tbody>
        </table>
        <DayBars
          title="Half of the answers by day"
          days={days.map(({ day, counters }) => {
            const value = counters.resolutionSeconds.p50;
            return { day, value, says: duration(value) };
          })}
        />
      </article>
      <article class="card" aria-labelledby="impact">
        <h3 id="impact">Customer impact</h3>
        <dl class="pairs">
          <div>
            <dt>Wrong automatic outcomes would have cost</dt>
            <dd>{amounts(total.wouldHaveCost)}</dd>
          </div>
          <div>
            <dt>Reported harm</dt>
            <dd>
              {amounts(total.harm)} <span class="soft">in {total.harmReports} reports</span>
            </dd>
          </div>
          <div>
            <dt>Outcomes delivered</dt>
            <dd>
              {total.delivered} <span class="soft">{total.superseded} of them took the place of an earlier one</span>
            </dd>
          </div>
        </dl>
      </article>
    </div>
  );
}

function Backlog({ backlog }: { backlog: Answer<"getMetrics">["backlog"] }) {
  const now = useNow(60_000);
  const { waiting, overdue, oldestOpenedAt, nextDueAt } = backlog;
  return (
    <article class="card" aria-labelledby="backlog">
      <h3 id="backlog">Backlog now</h3>
      <p class="figure">
        {waiting} <span class="soft">{waiting === 1 ? "waits" : "wait"}</span>
      </p>
      <p class={overdue > 0 ? "look" : "soft"}>
        {overdue > 0 ? `⚠ ${overdue} overdue` : "None is overdue"}
        {nextDueAt !== null && `; the next is ${dueInWords(nextDueAt, now)}`}.
      </p>
      {oldestOpenedAt !== null && (
        <p class="soft">The oldest waits for {duration(Math.max(0, (now - Date.parse(oldestOpenedAt)) / 1000))}.</p>
      )}
    </article>
  );
}
