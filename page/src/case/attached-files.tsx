import { useState } from "preact/hooks";
import type { DecisionRecord } from "../../../shared/contracts/decision.ts";
import { sentence } from "../api/problem.ts";
import type { Workspace } from "../workspace.ts";

interface Props {
  readonly workspace: Workspace;
  readonly caseId: string;
  readonly record: DecisionRecord | null;
}

/** Files that went with an answer: each is downloaded, never shown in the page, whatever it is. */
export function AttachedFiles({ workspace, caseId, record }: Props) {
  const [failure, setFailure] = useState<string | null>(null);
  const attachments = record?.decision.attachments ?? [];
  if (attachments.length === 0) return null;
  const download = (attachmentId: string) =>
    workspace.client.call("getAttachment", { path: { caseId, attachmentId } }).then(
      ({ url }) => {
        setFailure(null);
        location.assign(url);
      },
      (error: unknown) => setFailure(sentence(error)),
    );
  return (
    <p class="meta">
      Attached to the answer:{" "}
      {attachments.map((attachmentId, at) => (
        <button key={attachmentId} type="button" class="link" onClick={() => void download(attachmentId)}>
          File {at + 1}
        </button>
      ))}
      {failure !== null && <span class="fault">{failure}</span>}
    </p>
  );
}
