import { templateWith } from "../template/written-template.ts";

/** `signoff-intake`: versioned, tells EventBridge; `signoff-outcomes`: neither. */
export const intakeAndOutcomes = () =>
  templateWith({
    Intake: {
      Type: "AWS::S3::Bucket",
      Properties: {
        VersioningConfiguration: { Status: "Enabled" },
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    },
    Outcomes: { Type: "AWS::S3::Bucket", Properties: {} },
  });

export const intake = "signoff-intake";
export const outcomes = "signoff-outcomes";
