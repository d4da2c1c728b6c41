import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Workflow } from "../../../shared/contracts/identifiers.ts";
import type { Answer } from "../api/client.ts";
import { sentence } from "../api/problem.ts";
import { Notice } from "../case/notice.tsx";
import { owns } from "../part.ts";
import { Text } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";
import { Changes } from "./changes.tsx";
import { Dial } from "./dial.tsx";
import { Measures } from "./measures.tsx";
import { People } from "./people.tsx";
import { PolicyEditor } from "./policy-editor.tsx";
import { Redrive } from "./redrive.tsx";
import { Stop } from "./stop.tsx";

const titles: Record<Workflow, string> = { invoices: "Invoices" };

/** All that an owner answers for, on one page: whether it runs, how it goes, the rules, the people. */
export function OwnerPage({ workspace, workflow }: { workspace: Workspace; workflow: Workflow }) {
  const [stored, setStored] = useState<Answer<"getPolicy"> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const { client } = workspace;
  const isOwner = owns(workspace.me, workflow);
  const reload = useCallback(async () => {
    try {
      setStored(await client.call("getPolicy", { path: { workflow } }));
      setFailure(null);
    } catch (error) {
      setFailure(sentence(error));
    }
  }, [client, workflow]);
  useEffect(() => {
    if (isOwner) void reload();
  }, [reload, isOwner]);
  useLayoutEffect(() => title.current?.focus(), []);

  const fieldNames = new Map(stored?.vocabulary.fields.map(({ name, label }) => [name, label]));
  return (
    <main class="plain-view owner" aria-busy={isOwner && stored === null && failure === null}>
      <h1 ref={title} tabIndex={-1}>
        {titles[workflow]}
      </h1>
      {!isOwner && <p class="soft">This page is for the owners of the workflow. Ask one of them.</p>}
      {failure !== null && <Notice text={failure} retry={() => void reload()} />}
      {stored !== null && (
        <>
          <p class="meta">
            Policy version {stored.policy.version} · <Text>{stored.policy.accountableOwner}</Text> answers for what
            passes without a person
          </p>
          <Stop workspace={workspace} policy={stored.policy} reload={reload} />
          <Measures client={client} workflow={workflow} policy={stored.policy} fieldNames={fieldNames} />
          <Dial workspace={workspace} stored={stored} reload={reload} />
          <Changes workspace={workspace} changes={stored.changes} reload={reload} />
          <PolicyEditor workspace={workspace} stored={stored} reload={reload} />
          <People workspace={workspace} workflow={workflow} />
          <Redrive workspace={workspace} />
        </>
      )}
    </main>
  );
}
