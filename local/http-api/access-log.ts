import { commonLogTime } from "./proxy-event.ts";

export interface AccessLogEntry {
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly sourceIp: string;
  readonly method: string;
  readonly path: string;
  readonly routeKey: string;
  readonly status: number;
  readonly responseBytes: number;
  readonly milliseconds: number;
  readonly userAgent: string;
  readonly claims: Readonly<Record<string, string>>;
  readonly error: string;
}

/** One line in the stage's format; a variable that this machine does not know stands as `-`, as API Gateway writes what is absent. */
export function accessLogLine(format: string, entry: AccessLogEntry): string {
  const variables: Readonly<Record<string, string>> = {
    requestId: entry.requestId,
    extendedRequestId: entry.requestId,
    requestTime: commonLogTime(entry.receivedAt),
    requestTimeEpoch: String(entry.receivedAt.getTime()),
    "identity.sourceIp": entry.sourceIp,
    "identity.userAgent": entry.userAgent,
    httpMethod: entry.method,
    path: entry.path,
    protocol: "HTTP/1.1",
    routeKey: entry.routeKey,
    status: String(entry.status),
    responseLength: String(entry.responseBytes),
    responseLatency: String(Math.round(entry.milliseconds)),
    integrationLatency: String(Math.round(entry.milliseconds)),
    "error.message": entry.error,
    stage: "$default",
  };
  return format.replaceAll(/\$context\.([A-Za-z0-9_.:-]+)/g, (_, name: string) => {
    const claim = name.startsWith("authorizer.claims.")
      ? entry.claims[name.slice("authorizer.claims.".length)]
      : undefined;
    return escaped(variables[name] ?? claim ?? "-");
  });
}

/** A format is usually JSON with the variables inside quotes: what a client sends must not end them. */
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
