import type { Workspace } from "../workspace.ts";
import { ListCard } from "./list-card.tsx";
import { referenceLists } from "./reference-list.ts";

/** Reference lists that checks compare documents with; owners replace them whole by a CSV file. */
export function Lists({ workspace }: { workspace: Workspace }) {
  return (
    <main class="lists-view">
      <h1>Lists</h1>
      <p class="soft">
        Checks compare each invoice with these. A file replaces the whole list; its first row names the columns.
      </p>
      {referenceLists.map((list) => (
        <ListCard key={list.name} workspace={workspace} list={list} />
      ))}
    </main>
  );
}
