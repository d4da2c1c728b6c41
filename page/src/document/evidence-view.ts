import type { ComponentType } from "preact";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Workflow } from "../../../shared/contracts/identifiers.ts";
import type { Client } from "../api/client.ts";
import type { Store } from "../store.ts";
import { PagesView } from "./pages-view.tsx";

/** What the middle column of any workflow is given: the case, what is looked at now, and a way to say what was picked. */
export interface EvidenceViewProps {
  readonly client: Client;
  readonly subject: GetCaseResponse;
  /** The field or line whose evidence is lit. */
  readonly active: string | null;
  /** Page and size, moved by keys from outside. */
  readonly viewing: Store<Viewing>;
  onPick(target: string): void;
  /** A page's image came into view: only then was it fetched, since fetching counts as opening it. */
  onSeen(page: number): void;
}

/** `page` counts from 1; `zoom` 1 fits the column's width. */
export interface Viewing {
  readonly page: number;
  readonly zoom: number;
}

/** Evidence by workflow: pages with boxes here; other workflows bring text with lit spans, a thread, a note. */
export const evidenceViews: Readonly<Record<Workflow, ComponentType<EvidenceViewProps>>> = { invoices: PagesView };
