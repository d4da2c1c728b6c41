import type { FieldDescriptor } from "../contracts/api.ts";
import type { Workflow } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";

/** What the shared parts need to know of a workflow. */
export interface WorkflowDefinition {
  readonly workflow: Workflow;
  /** The document beside the workflow: in force until an owner changes it. */
  readonly policy: Policy;
  /** What the policy may speak of. */
  readonly vocabulary: Vocabulary;
  readonly fields: readonly FieldDescriptor[];
  readonly lineCells: readonly FieldDescriptor[];
  /** What software may propose to do with a case, the usual one first. */
  readonly actions: readonly [string, ...string[]];
  /** Field that carries the amount at stake, with the field of its currency. */
  readonly amount: { readonly field: string; readonly currencyField: string };
}
