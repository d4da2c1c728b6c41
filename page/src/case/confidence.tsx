import type { Finding } from "../../../shared/contracts/proposal.ts";

interface Props {
  readonly finding: Finding | undefined;
  readonly limit: number | undefined;
  readonly look: boolean;
  /** Somebody wrote another value: the software's confidence says nothing about it. */
  readonly isReplaced: boolean;
}

const percent = (share: number) => `${Math.floor(share * 100)} %`;

/** How sure the software is of a value, as a number and a bar; with the number below which it may not act alone. */
export function Confidence({ finding, limit, look, isReplaced }: Props) {
  if (isReplaced) return <span class="conf">changed</span>;
  if (finding?.value == null) return <span class="conf">missing</span>;
  if (finding.confidence === null) return <span class="conf">not scored</span>;
  const alone = limit === undefined ? "" : `; may act alone from ${percent(limit)}`;
  return (
    <span class="conf" title={`Confidence ${percent(finding.confidence)}${alone}`}>
      {look && limit !== undefined && finding.confidence < limit && <span class="unseen">below its limit, </span>}
      {percent(finding.confidence)}
      <i aria-hidden="true" style={{ "--share": `${finding.confidence * 100}%` }} />
    </span>
  );
}
