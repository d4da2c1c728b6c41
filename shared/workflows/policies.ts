import { compilePolicy } from "../policy/compile.ts";
import { workflows } from "./registry.ts";

/** Every workflow's policy, compiled once at cold start. Only the gate needs them; the registry alone stays small. */
export const policies = {
  invoices: compilePolicy(workflows.invoices.policy, workflows.invoices.vocabulary),
};
