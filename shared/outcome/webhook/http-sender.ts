import type { Answer } from "./attempt.ts";

/** How long a receiver has to answer. */
const defaultTimeoutMilliseconds = 10_000;

/** POSTs to one address. What the receiver answers beyond its status is neither read nor kept. */
export function httpSender(url: string, timeoutMilliseconds = defaultTimeoutMilliseconds) {
  return async (body: string, headers: Readonly<Record<string, string>>): Promise<Answer> => {
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      await response.body?.cancel().catch(() => undefined);
      return { status: response.status };
    } catch (error) {
      return { errorName: nameOf(error) };
    }
  };
}

/** `ECONNREFUSED`, `ENOTFOUND` and the like stand in the cause of fetch's own TypeError. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}
