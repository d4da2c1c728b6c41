import { useEffect, useState } from "preact/hooks";
import { maxListBytes } from "../../../shared/contracts/limits.ts";
import type { Answer } from "../api/client.ts";
import { RequestRefusedError, sentence } from "../api/problem.ts";
import { showTime } from "../view/clock.ts";
import { Text } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";
import { type ReferenceList, type RowError, rowErrors } from "./reference-list.ts";

type Upload =
  | { readonly kind: "idle" }
  | { readonly kind: "sending"; readonly fileName: string }
  | { readonly kind: "done"; readonly fileName: string }
  | { readonly kind: "failed"; readonly fileName: string; readonly errors: readonly RowError[] };

/** How many wrong rows are listed; the rest is counted. */
const shownAtMost = 50;

/** One list: how many rows it has and since when, and the way to replace it. A refused file changes nothing. */
export function ListCard({ workspace, list }: { workspace: Workspace; list: ReferenceList }) {
  const [stored, setStored] = useState<Answer<"getList"> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [upload, setUpload] = useState<Upload>({ kind: "idle" });
  const path = { workflow: "invoices", list: list.name };

  useEffect(() => {
    workspace.client
      .call("getList", { path: { workflow: "invoices", list: list.name } })
      .then(setStored, (error: unknown) => setFailure(sentence(error)));
  }, [workspace, list]);

  async function send(file: File) {
    const { name: fileName } = file;
    const fail = (errors: readonly RowError[]) => setUpload({ kind: "failed", fileName, errors });
    if (file.size > maxListBytes) {
      return fail([
        { row: null, message: `The file is larger than ${maxListBytes / 1024 / 1024} MiB; split or shorten it.` },
      ]);
    }
    setUpload({ kind: "sending", fileName });
    try {
      const csv = await file.text();
      const answer = await workspace.client.call("putList", { path, body: { csv }, key: crypto.randomUUID() });
      setStored(answer);
      setFailure(null);
      setUpload({ kind: "done", fileName });
      workspace.announce(`${list.title}: ${answer.rows} rows stored.`);
    } catch (error) {
      fail(error instanceof RequestRefusedError ? rowErrors(error.problem) : [{ row: null, message: sentence(error) }]);
      workspace.announce(`${list.title}: ${fileName} was not stored.`);
    }
  }

  const id = `list-${list.name}`;
  return (
    <section class="list-card" aria-labelledby={id}>
      <div>
        <h2 id={id}>{list.title}</h2>
        <p class="soft">{list.use}</p>
      </div>
      <p class="rows">
        {stored !== null && <Rows stored={stored} />}
        {failure !== null && <span class="fault">{failure}</span>}
      </p>
      <label class="file-button">
        {upload.kind === "sending" ? "Sending…" : "Replace by a CSV file"}
        <input
          type="file"
          class="unseen"
          accept=".csv,text/csv"
          disabled={upload.kind === "sending"}
          onChange={(event) => {
            const input = event.currentTarget;
            const file = input.files?.[0];
            if (file !== undefined) void send(file);
            input.value = ""; // the same file may be chosen again after it was mended
          }}
        />
      </label>
      {upload.kind === "done" && (
        <p class="stored" role="status">
          ✓ Stored <Text>{upload.fileName}</Text>
        </p>
      )}
      {upload.kind === "failed" && (
        <div class="failed" role="alert">
          <p>
            <Text>{upload.fileName}</Text> was not stored; the list is as it was.
          </p>
          <ol>
            {upload.errors.slice(0, shownAtMost).map(({ row, message }, at) => (
              <li key={`${row}-${at}`}>
                {row !== null && <b>Row {row} </b>}
                <Text>{message}</Text>
              </li>
            ))}
          </ol>
          {upload.errors.length > shownAtMost && <p>and {upload.errors.length - shownAtMost} more</p>}
        </div>
      )}
    </section>
  );
}

function Rows({ stored }: { stored: Answer<"getList"> }) {
  if (stored.updatedAt === null) return <>Not uploaded yet</>;
  return (
    <>
      <b>{stored.rows.toLocaleString("en").replaceAll(",", "\u00a0")}</b> {stored.rows === 1 ? "row" : "rows"}, since{" "}
      {showTime(stored.updatedAt, Date.now())}
    </>
  );
}
