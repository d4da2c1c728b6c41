import { maxAttachmentCharacters } from "../../../shared/contracts/limits.ts";
import { useAct } from "../api/use-act.ts";
import type { Draft } from "../case/draft.ts";
import { Failure } from "../view/failure.tsx";
import { Text } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";
import { base64Of, mediaTypeOf } from "./base64.ts";

interface Props {
  readonly workspace: Workspace;
  readonly reviewId: string;
  readonly attachments: Draft["attachments"];
}

/** Four characters hold three bytes. */
const maxBytes = (maxAttachmentCharacters / 4) * 3;
/** Most files that go with one answer (shared/contracts/decision.ts). */
const maxFiles = 10;

/** Files that prove what was decided: they are kept beside the case at once, and go with the answer. */
export function Attach({ workspace, reviewId, attachments }: Props) {
  const act = useAct(workspace.client);
  async function attach(file: File) {
    if (file.size === 0) return act.fail(`${file.name} is empty.`);
    if (file.size > maxBytes) return act.fail(`${file.name} is larger than ${maxBytes / 1024 / 1024} MiB; shorten it.`);
    const body = {
      fileName: file.name,
      contentType: mediaTypeOf(file.type),
      content: base64Of(await file.arrayBuffer()),
    };
    const kept = await act.send("attachEvidence", { path: { reviewId }, body });
    if (kept === null) return;
    const added = { attachmentId: kept.answer.attachmentId, fileName: file.name };
    workspace.editDraft(reviewId, (draft) => ({ ...draft, attachments: [...draft.attachments, added] }));
    workspace.announce(`${file.name} is attached.`);
  }
  const remove = (attachmentId: string) =>
    workspace.editDraft(reviewId, (draft) => ({
      ...draft,
      attachments: draft.attachments.filter((file) => file.attachmentId !== attachmentId),
    }));
  return (
    <div class="attach">
      {attachments.map(({ attachmentId, fileName }) => (
        <span key={attachmentId}>
          <Text>{fileName}</Text>
          <button type="button" class="quiet" aria-label={`Leave out ${fileName}`} onClick={() => remove(attachmentId)}>
            ×
          </button>
        </span>
      ))}
      {attachments.length < maxFiles && (
        <label class="file-button">
          {act.isBusy ? "Attaching…" : "Attach a file"}
          <input
            type="file"
            class="unseen"
            disabled={act.isBusy}
            onChange={(event) => {
              const input = event.currentTarget;
              const file = input.files?.[0];
              if (file !== undefined) void attach(file);
              input.value = "";
            }}
          />
        </label>
      )}
      <Failure act={act} />
    </div>
  );
}
