import type { Authorise, Principal, RequestContext } from "../iam/principal.ts";
import { arn } from "../template/physical-name.ts";
import type { AttributeValue } from "./item.ts";
import type { ValidRequest } from "./rules.ts";
import type { TableMemory } from "./table-memory.ts";

/** Checks an action on a table, or on one of its indexes when the request names one. */
export function authoriseTable(
  authorise: Authorise,
  principal: Principal,
  action: string,
  {
    tables,
    tableName,
    request,
  }: { tables: ReadonlyMap<string, TableMemory>; tableName: string; request: ValidRequest },
): void {
  const memory = tables.get(tableName);
  const table = memory?.table.TableArn ?? arn("dynamodb", `table/${tableName}`);
  const resource = typeof request.IndexName === "string" ? `${table}/index/${request.IndexName}` : table;
  authorise(principal, `dynamodb:${action}`, resource, requestContext(memory, request));
}

/** The condition keys with which a policy may restrict who touches which items and attributes. */
function requestContext(memory: TableMemory | undefined, request: ValidRequest): RequestContext {
  const hashKey = keyAttribute(memory, request);
  const leading = hashKey === undefined ? [] : keyValues(request, hashKey);
  const attributes = attributeNames(request);
  return {
    ...(leading.length > 0 ? { "dynamodb:LeadingKeys": leading } : {}),
    ...(attributes.length > 0 ? { "dynamodb:Attributes": attributes } : {}),
    ...(typeof request.Select === "string" ? { "dynamodb:Select": request.Select } : {}),
    ...(typeof request.ReturnValues === "string" ? { "dynamodb:ReturnValues": request.ReturnValues } : {}),
  };
}

function keyAttribute(memory: TableMemory | undefined, { IndexName }: ValidRequest): string | undefined {
  if (!memory) return undefined;
  const { KeySchema, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = memory.table;
  const index = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].find(
    (candidate) => candidate.IndexName === IndexName,
  );
  return (index?.KeySchema ?? KeySchema)[0]?.AttributeName;
}

function keyValues(request: ValidRequest, hashKey: string): readonly string[] {
  const images = [request.Item, request.Key, ...listOf(request.Keys)];
  const condition = member(member(request.KeyConditions, hashKey), "AttributeValueList");
  return [...images.map((image) => member(image, hashKey)), ...listOf(condition).slice(0, 1)].flatMap((value) => {
    const text = isAttributeValue(value) ? (value.S ?? value.N ?? value.B) : undefined;
    return text === undefined ? [] : [text];
  });
}

/** Top-level names of the attributes that a request writes, reads by name or tests. */
function attributeNames(request: ValidRequest): readonly string[] {
  const paths = [...listOf(member(request._updates, "paths")), ...listOf(member(request._projection, "paths"))];
  const named = [request.Item, request.Key, request.AttributeUpdates, request.Expected, request.KeyConditions];
  const tested = [member(request._condition, "pathHeads"), member(request._filter, "pathHeads")];
  return [
    ...new Set([
      ...[...named, ...tested].flatMap((record) => (isRecord(record) ? Object.keys(record) : [])),
      ...paths.map((path) => String([path].flat()[0])),
      ...listOf(request.AttributesToGet).map(String),
    ]),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isAttributeValue = (value: unknown): value is AttributeValue => isRecord(value);
const member = (value: unknown, name: string) => (isRecord(value) ? value[name] : undefined);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
