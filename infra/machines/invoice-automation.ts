import { Construct } from "constructs";
import type { CaseFunctions } from "../functions/case-functions.ts";
import { Machine } from "./machine.ts";

export interface InvoiceAutomationProps {
  readonly functions: CaseFunctions;
  readonly logRetentionDays: number;
  readonly tracing: boolean;
}

/** The first pass over an invoice: read it, detect the text of scanned pages, propose. */
export class InvoiceAutomation extends Construct {
  readonly machine: Machine;

  constructor(scope: Construct, id: string, { functions, ...observed }: InvoiceAutomationProps) {
    super(scope, id);
    const { "read-document": read, "detect-page": detect, "propose-invoice": propose } = functions;
    this.machine = new Machine(this, "Default", {
      definition: "automate-invoice",
      substitutions: {
        ReadDocumentFunctionArn: read.lambda.functionArn,
        DetectPageFunctionArn: detect.lambda.functionArn,
        ProposeInvoiceFunctionArn: propose.lambda.functionArn,
      },
      ...observed,
    });
    this.machine.mayInvoke(read, detect, propose);
  }
}
