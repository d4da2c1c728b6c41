import { createCompiler } from "../policy/compile-once.ts";
import { workflows } from "./registry.ts";

/** Compiles a workflow's policy. Only the gate and the owners' routes need it; the registry alone stays small, without CEL. */
export const compile = createCompiler({ invoices: workflows.invoices.vocabulary });
