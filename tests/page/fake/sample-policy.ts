import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policy } from "../../../shared/contracts/policy.ts";

const file = join(import.meta.dirname, "../../../shared/workflows/invoices/policy.json");

/** The policy that ships with the invoices workflow. */
export const samplePolicy = policy.parse(JSON.parse(readFileSync(file, "utf8")));
