import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import { type Draft, draftLines } from "../case/draft.ts";
import type { Fault } from "./changes.ts";

/** What the server found wrong, at the field it is about: `/fields/gross`, `/lines/2/amount` (JSON pointers, RFC 6901). */
export function serverFaults(problem: Problem, subject: GetCaseResponse, draft: Draft): readonly Fault[] {
  const sent = draftLines(subject, draft).filter(
    (line) => line.origin !== null || Object.values(line.cells).some((text) => text.trim() !== ""),
  );
  return (problem.errors ?? []).flatMap(({ pointer, detail }) => {
    const [part, name = "", cell = ""] = pointer
      .split("/")
      .slice(1)
      .map((token) => token.replace(/~1/g, "/").replace(/~0/g, "~"));
    if (part === "fields" && name !== "") return [{ at: name, message: detail }];
    const line = part === "lines" ? sent[Number(name)] : undefined;
    return line === undefined ? [] : [{ at: `${line.id}/${cell}`, message: detail }];
  });
}
