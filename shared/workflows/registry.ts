import type { Workflow } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";
import { invoices } from "./invoices/workflow.ts";
import type { WorkflowDefinition } from "./workflow.ts";

/** Every workflow that ships. Adding one: its folder, its machine, its policy, its evidence view, and a line here. */
export const workflows: Readonly<Record<Workflow, WorkflowDefinition>> = { invoices };

/** The policy documents beside the workflows, for the store of policies. */
export const defaultPolicies: Readonly<Record<Workflow, Policy>> = { invoices: invoices.policy };
