import type { FieldDescriptor } from "../contracts/api.ts";
import type { Workflow } from "../contracts/identifiers.ts";
import type { CompiledPolicy } from "../policy/compile.ts";

/** What the shared parts need to know of a workflow. */
export interface WorkflowDefinition {
  readonly workflow: Workflow;
  readonly policy: CompiledPolicy;
  readonly fields: readonly FieldDescriptor[];
  readonly lineCells: readonly FieldDescriptor[];
  /** Field that carries the amount at stake, with the field of its currency. */
  readonly amount: { readonly field: string; readonly currencyField: string };
}
