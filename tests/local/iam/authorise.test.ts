import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorise } from "../../../local/iam/authorise.ts";
import { PolicyNotImitatedError } from "../../../local/iam/condition.ts";
import type { Principal, RequestContext, Statement } from "../../../local/iam/principal.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";

const table = "arn:aws:dynamodb:us-east-1:000000000000:table/Signoff-Cases";

const roleWith = (...statements: Statement[]): Principal => ({
  name: "OpenCaseRole",
  arn: "arn:aws:sts::000000000000:assumed-role/Signoff-OpenCaseRole/Signoff",
  statements,
});

const allows = (principal: Principal, action: string, resource = table, context: RequestContext = {}) => {
  try {
    authorise(principal, action, resource, context);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.name === "AccessDeniedException") return false;
    throw error;
  }
};

describe("authorise", () => {
  it("denies what no statement allows, in AWS's words", () => {
    const put: Statement = { Effect: "Allow", Action: "dynamodb:GetItem", Resource: table };
    expect(() => authorise(roleWith(put), "dynamodb:PutItem", table)).toThrow(
      "User: arn:aws:sts::000000000000:assumed-role/Signoff-OpenCaseRole/Signoff is not authorized to perform: dynamodb:PutItem " +
        `on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  it("allows actions whatever their case, resources only in theirs", () => {
    const role = roleWith({ Effect: "Allow", Action: "dynamodb:putITEM", Resource: table });
    expect(allows(role, "dynamodb:PutItem")).toBe(true);
    expect(allows(role, "dynamodb:PutItem", table.toLowerCase())).toBe(false);
  });

  it("lets a deny win over any number of allows, in whatever order", () => {
    const allow: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
    const deny: Statement = { Effect: "Deny", Action: "dynamodb:Delete*", Resource: `${table}*` };
    fc.assert(
      fc.property(fc.shuffledSubarray([allow, deny, { ...allow }, { ...allow }], { minLength: 4 }), (statements) => {
        expect(allows(roleWith(...statements), "dynamodb:DeleteItem")).toBe(false);
        expect(allows(roleWith(...statements), "dynamodb:GetItem")).toBe(true);
      }),
    );
  });

  it("reads NotAction and NotResource as everything else", () => {
    const role = roleWith({ Effect: "Allow", NotAction: "dynamodb:Delete*", NotResource: `${table}/index/*` });
    expect(allows(role, "dynamodb:PutItem")).toBe(true);
    expect(allows(role, "dynamodb:DeleteItem")).toBe(false);
    expect(allows(role, "dynamodb:Query", `${table}/index/byDueTime`)).toBe(false);
  });

  it("allows nothing by an empty statement", () => {
    expect(allows(roleWith({ Effect: "Allow" }), "dynamodb:PutItem")).toBe(false);
  });
});

describe("conditions", () => {
  const on = (Condition: NonNullable<Statement["Condition"]>) =>
    roleWith({ Effect: "Allow", Action: "dynamodb:*", Resource: "*", Condition });
  const leadingKeys = "dynamodb:LeadingKeys";

  it.each([
    ["StringEquals", { StringEquals: { [leadingKeys]: ["a", "b"] } }, { [leadingKeys]: "b" }, { [leadingKeys]: "c" }],
    [
      "StringLike",
      { StringLike: { [leadingKeys]: "CASE#*" } },
      { [leadingKeys]: "CASE#1" },
      { [leadingKeys]: "case#1" },
    ],
    [
      "ArnLike",
      { ArnLike: { "aws:SourceArn": `${table}*` } },
      { "aws:SourceArn": `${table}2` },
      { "aws:SourceArn": "arn:x" },
    ],
    [
      "ArnEquals",
      { ArnEquals: { "aws:SourceArn": `${table}*` } },
      { "aws:sourcearn": `${table}2` },
      { "aws:SourceArn": "" },
    ],
    [
      "Bool",
      { Bool: { "aws:SecureTransport": "true" } },
      { "aws:SecureTransport": "True" },
      { "aws:SecureTransport": "false" },
    ],
    [
      "ForAllValues:StringEquals",
      { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "status"] } },
      { "dynamodb:Attributes": ["pk"] },
      { "dynamodb:Attributes": ["pk", "decision"] },
    ],
  ])("%s lets the one through and the other not", (_, condition, holds, fails) => {
    expect(allows(on(condition), "dynamodb:PutItem", table, holds)).toBe(true);
    expect(allows(on(condition), "dynamodb:PutItem", table, fails)).toBe(false);
  });

  it("fail when the request does not carry the key, except ForAllValues", () => {
    expect(allows(on({ StringEquals: { [leadingKeys]: "a" } }), "dynamodb:PutItem")).toBe(false);
    expect(allows(on({ "ForAllValues:StringEquals": { [leadingKeys]: "a" } }), "dynamodb:PutItem")).toBe(true);
  });

  it("must all hold", () => {
    const both = on({ StringEquals: { [leadingKeys]: "a", "dynamodb:Select": "COUNT" } });
    expect(allows(both, "dynamodb:Query", table, { [leadingKeys]: "a" })).toBe(false);
    expect(allows(both, "dynamodb:Query", table, { [leadingKeys]: "a", "dynamodb:Select": "COUNT" })).toBe(true);
  });

  it.each([
    ["NumericLessThan", { NumericLessThan: { "s3:max-keys": "10" } }],
    ["StringEqualsIfExists", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o" } }],
    ["ForAnyValue:StringEquals", { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } }],
    ["ForAllValues:ArnLike", { "ForAllValues:ArnLike": { "aws:SourceArn": "*" } }],
    ["policy variables", { StringLike: { [leadingKeys]: `\${aws:userid}` } }],
  ])("refuses to guess about %s", (_, condition) => {
    expect(() => allows(on(condition), "dynamodb:PutItem")).toThrow(PolicyNotImitatedError);
  });
});
