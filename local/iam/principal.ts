/** A policy statement as it stands in the template, intrinsic functions resolved. */
export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who signed a request: a role of the template, or the operator of this machine (who may do everything, as an account's administrator). */
export interface Principal {
  readonly arn: string;
  /** Logical id of the role in the template; "operator" for whoever runs the stack. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** Condition keys of a request, such as `dynamodb:LeadingKeys`; a list where AWS has a multi-valued key. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** Checks one action on one resource; throws AwsError AccessDeniedException naming principal, action and resource. */
export type Authorise = (principal: Principal, action: string, resourceArn: string, context?: RequestContext) => void;
