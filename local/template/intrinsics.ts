import { accountId, region } from "./physical-name.ts";
import { TemplateNotResolvableError } from "./template.ts";

/** What an intrinsic function may look up. `where` names the logical id that asks, for the error. */
export interface Scope {
  readonly stackName: string;
  reference(name: string, where: string): unknown;
  attribute(logicalId: string, attribute: string, where: string): string;
  condition(name: string, where: string): boolean;
  mapping(map: string, first: string, second: string, where: string): unknown;
}

/** `AWS::NoValue`: the property or list entry that holds it disappears. */
const noValue = Symbol("AWS::NoValue");

const pseudoParameters: Readonly<Record<string, (stackName: string) => unknown>> = {
  "AWS::AccountId": () => accountId,
  "AWS::Region": () => region,
  "AWS::Partition": () => "aws",
  "AWS::URLSuffix": () => "amazonaws.com",
  "AWS::StackName": (stackName) => stackName,
  "AWS::StackId": (stackName) => `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/one-machine`,
  "AWS::NotificationARNs": () => [],
  "AWS::NoValue": () => noValue,
};

/** Resolves every intrinsic function in `value`. @throws {TemplateNotResolvableError} for what it does not know. */
export function resolveIntrinsics(value: unknown, scope: Scope, where: string): unknown {
  const resolved = resolve(value, scope, where);
  return resolved === noValue ? undefined : resolved;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resolve(value: unknown, scope: Scope, where: string): unknown {
  if (Array.isArray(value))
    return value.map((entry) => resolve(entry, scope, where)).filter((entry) => entry !== noValue);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only && entries.length === 1 && (only[0] === "Ref" || only[0] === "Condition" || only[0].startsWith("Fn::"))) {
    // A policy statement's own "Condition" holds an object; the function "Condition" holds a name.
    if (only[0] !== "Condition" || typeof only[1] === "string") return callFunction(only[0], only[1], scope, where);
  }
  return Object.fromEntries(
    entries.map(([key, entry]) => [key, resolve(entry, scope, where)]).filter(([, entry]) => entry !== noValue),
  );
}

type IntrinsicFunction = (argument: unknown, scope: Scope, where: string) => unknown;

function callFunction(name: string, argument: unknown, scope: Scope, where: string): unknown {
  const intrinsic = functions[name];
  if (!intrinsic) throw refused(where, `uses ${name}, which this machine does not resolve`);
  return intrinsic(argument, scope, where);
}

const functions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: (name, scope, where) => lookUp(text(name, "Ref", where), scope, where),
  Condition: (name, scope, where) => scope.condition(text(name, "Condition", where), where),
  "Fn::GetAtt": (argument, scope, where) => {
    const path = Array.isArray(argument)
      ? argument.map((part) => text(resolve(part, scope, where), "Fn::GetAtt", where))
      : [];
    const [logicalId, ...attribute] = typeof argument === "string" ? argument.split(".") : path;
    if (logicalId === undefined || attribute.length === 0) throw malformed("Fn::GetAtt", argument, where);
    return scope.attribute(logicalId, attribute.join("."), where);
  },
  "Fn::Sub": (argument, scope, where) => {
    const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
    if (!isRecord(variables)) throw malformed("Fn::Sub", argument, where);
    return text(pattern, "Fn::Sub", where).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const key = name.trim();
      if (Object.hasOwn(variables, key)) return text(resolve(variables[key], scope, where), "Fn::Sub", where);
      const [logicalId = key, ...attribute] = key.includes("::") ? [key] : key.split(".");
      if (attribute.length > 0) return scope.attribute(logicalId, attribute.join("."), where);
      return text(lookUp(key, scope, where), "Fn::Sub", where);
    });
  },
  "Fn::Join": (argument, scope, where) => {
    const [separator, parts] = pair(argument, "Fn::Join", scope, where);
    return list(parts, "Fn::Join", where)
      .map((part) => text(part, "Fn::Join", where))
      .join(text(separator, "Fn::Join", where));
  },
  "Fn::Select": (argument, scope, where) => {
    const [index, entries] = pair(argument, "Fn::Select", scope, where);
    const selected = list(entries, "Fn::Select", where)[Number(index)];
    if (selected === undefined) throw malformed("Fn::Select", argument, where);
    return selected;
  },
  "Fn::Split": (argument, scope, where) => {
    const [separator, source] = pair(argument, "Fn::Split", scope, where);
    return text(source, "Fn::Split", where).split(text(separator, "Fn::Split", where));
  },
  "Fn::Base64": (argument, scope, where) =>
    Buffer.from(text(resolve(argument, scope, where), "Fn::Base64", where)).toString("base64"),
  "Fn::FindInMap": (argument, scope, where) => {
    const [map, first, second] = list(resolve(argument, scope, where), "Fn::FindInMap", where).map((part) =>
      text(part, "Fn::FindInMap", where),
    );
    if (map === undefined || first === undefined || second === undefined)
      throw malformed("Fn::FindInMap", argument, where);
    return scope.mapping(map, first, second, where);
  },
  "Fn::If": (argument, scope, where) => {
    const [condition, whenTrue, whenFalse] = list(argument, "Fn::If", where);
    return resolve(scope.condition(text(condition, "Fn::If", where), where) ? whenTrue : whenFalse, scope, where);
  },
  "Fn::Equals": (argument, scope, where) => {
    const [left, right] = pair(argument, "Fn::Equals", scope, where);
    return String(left) === String(right);
  },
  "Fn::Not": (argument, scope, where) => !flags(argument, "Fn::Not", scope, where).every(Boolean),
  "Fn::And": (argument, scope, where) => flags(argument, "Fn::And", scope, where).every(Boolean),
  "Fn::Or": (argument, scope, where) => flags(argument, "Fn::Or", scope, where).some(Boolean),
  "Fn::ImportValue": (_, __, where) => {
    throw refused(where, "uses Fn::ImportValue: the one machine runs one stack, which can import nothing");
  },
};

function lookUp(name: string, scope: Scope, where: string): unknown {
  const pseudo = pseudoParameters[name];
  return pseudo ? pseudo(scope.stackName) : scope.reference(name, where);
}

function pair(argument: unknown, name: string, scope: Scope, where: string): readonly [unknown, unknown] {
  const [first, second] = list(argument, name, where);
  return [resolve(first, scope, where), resolve(second, scope, where)];
}

function flags(argument: unknown, name: string, scope: Scope, where: string): readonly boolean[] {
  return list(resolve(argument, scope, where), name, where).map((flag) => {
    if (typeof flag !== "boolean") throw malformed(name, argument, where);
    return flag;
  });
}

function list(value: unknown, name: string, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(name, value, where);
  return value;
}

function text(value: unknown, name: string, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw malformed(name, value, where);
}

const malformed = (name: string, argument: unknown, where: string) =>
  refused(where, `uses ${name} with an argument it does not take: ${JSON.stringify(argument)}`);

export const refused = (where: string, problem: string) => new TemplateNotResolvableError(`${where} ${problem}.`);
