import { type Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** A grant that does not name its resources one by one, and why. */
export interface Wildcard {
  /** As cdk-nag writes it; logical ids are frozen by a test. */
  readonly finding: `Resource::${string}` | `Action::${string}`;
  /** Construct, by its path in the stack, that may hold it. @default - any */
  readonly heldBy?: string;
  /** The only actions it may go with. @default - those of the grants on the bucket or machine named */
  readonly actions?: readonly string[];
  readonly reason: string;
}

const executionsOf = (machine: string) =>
  `Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine}.Name>:*` as const;

const traces = {
  finding: "Resource::*",
  actions: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  reason: "X-Ray has no resources to name, and log delivery is set up by calls that take none.",
} as const;

const uploader = "Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C";
const uploads = "CDK's uploader reads CDK's assets and writes the page's bucket, each whole, at deployment only.";

/** Every wildcard in the template. What is not here, or no longer used, fails synthesis or a test. */
export const wildcards: readonly Wildcard[] = [
  {
    finding: "Resource::<IntakeBucket8068C236.Arn>/*",
    reason:
      "Senders choose the names of what they drop; open-case, the readers and the upload's signer meet any of them.",
  },
  {
    finding: "Resource::<EvidenceBucketFBA44255.Arn>/cases/*",
    reason: "One prefix for each case, and any case may be next.",
  },
  {
    finding: "Resource::<EvidenceBucketFBA44255.Arn>/lists/*",
    reason: "One reference list for each workflow and name.",
  },
  {
    finding: "Resource::<OutcomeBucket96E83BB7.Arn>/*",
    reason: "One object for each case, and any case may be next.",
  },
  {
    finding: executionsOf("CaseMachine71DC9E3E"),
    heldBy: "Functions/Reconcile",
    actions: ["states:DescribeExecution", "states:StopExecution"],
    reason: "One execution for each case; the reconciler looks after all of them.",
  },
  {
    finding: executionsOf("CaseMachine71DC9E3E"),
    heldBy: "Functions/Redrive",
    actions: ["states:DescribeExecution", "states:StopExecution"],
    reason: "One execution for each case; redrive continues those that died.",
  },
  {
    finding: "Resource::<LedgerAnchorsBucketCB6EA0C1.Arn>/anchors/*",
    heldBy: "Functions/AnchorLedger",
    actions: ["s3:GetObject", "s3:PutObject"],
    reason: "One anchor for each day.",
  },
  {
    finding: executionsOf("AutomateInvoiceMachineA59EB1F9"),
    heldBy: "CaseMachine",
    actions: ["states:DescribeExecution", "states:StopExecution"],
    reason: "Step Functions names the executions that a case starts and waits for.",
  },
  {
    finding: executionsOf("ReviewMachine49B6703C"),
    heldBy: "CaseMachine",
    actions: ["states:DescribeExecution", "states:StopExecution"],
    reason: "Step Functions names the executions that a case starts and waits for.",
  },
  {
    finding: "Resource::*",
    heldBy: "Functions/DetectPage",
    actions: ["textract:DetectDocumentText"],
    reason: "Textract's text detection has no resources to name.",
  },
  { ...traces, heldBy: "AutomateInvoiceMachine" },
  { ...traces, heldBy: "CaseMachine" },
  { ...traces, heldBy: "PolicyChangeMachine" },
  { ...traces, heldBy: "ReviewMachine" },
  { finding: "Action::s3:GetBucket*", heldBy: uploader, reason: uploads },
  { finding: "Action::s3:GetObject*", heldBy: uploader, reason: uploads },
  { finding: "Action::s3:List*", heldBy: uploader, reason: uploads },
  { finding: "Action::s3:Abort*", heldBy: uploader, reason: uploads },
  { finding: "Action::s3:DeleteObject*", heldBy: uploader, reason: uploads },
  {
    finding: "Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*",
    heldBy: uploader,
    reason: uploads,
  },
  { finding: "Resource::<PageFiles79CCA538.Arn>/*", heldBy: uploader, reason: uploads },
];

/** Tells cdk-nag about each, where it may be held. Call it last: the constructs must exist. */
export function acknowledgeWildcards(stack: Stack): void {
  for (const { finding, heldBy, reason } of wildcards) {
    const holder: IConstruct = heldBy === undefined ? stack : childAt(stack, heldBy);
    Validations.of(holder).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
  }
}

function childAt(stack: Stack, path: string): IConstruct {
  const [first = "", ...rest] = path.split("/");
  return rest.reduce((parent, id) => parent.node.findChild(id), stack.node.findChild(first));
}
