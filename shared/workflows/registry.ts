import type { Workflow } from "../contracts/identifiers.ts";
import { invoices } from "./invoices/workflow.ts";
import type { WorkflowDefinition } from "./workflow.ts";

/** Every workflow that ships. Adding one: its folder, its machine, its policy, its evidence view, and a line here. */
export const workflows: Readonly<Record<Workflow, WorkflowDefinition>> = { invoices };
