/** Where people sign in; the deployment writes it to /config.json beside the page. */
export interface SignInConfig {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly logoutEndpoint: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** /config.json is missing or lacks a member: the page was deployed without its configuration. Reloading helps only after a repair. */
class ConfigUnreadableError extends Error {
  override readonly name = "ConfigUnreadableError";
}

const addresses = ["issuer", "authorizationEndpoint", "tokenEndpoint", "logoutEndpoint"] as const;

/** @throws {ConfigUnreadableError} naming the member that is wrong. */
export function parseConfig(value: unknown): SignInConfig {
  const member = (name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  const text = (name: string): string => {
    const found = member(name);
    if (typeof found !== "string" || found === "") {
      throw new ConfigUnreadableError(`/config.json holds no "${name}"; whoever deployed this page has to add it.`);
    }
    return found;
  };
  for (const name of addresses) {
    if (!URL.canParse(text(name))) {
      throw new ConfigUnreadableError(
        `"${name}" in /config.json is not an address: ${text(name)}. Write it in full, with https.`,
      );
    }
  }
  const scopes: unknown = member("scopes");
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === "string")) {
    throw new ConfigUnreadableError('"scopes" in /config.json is not a list of texts.');
  }
  return {
    issuer: text("issuer"),
    authorizationEndpoint: text("authorizationEndpoint"),
    tokenEndpoint: text("tokenEndpoint"),
    logoutEndpoint: text("logoutEndpoint"),
    clientId: text("clientId"),
    scopes,
  };
}

/** @throws {ConfigUnreadableError} when it cannot be fetched or read. */
export async function readConfig(fetch: typeof globalThis.fetch): Promise<SignInConfig> {
  try {
    const response = await fetch("/config.json", { cache: "no-cache" });
    if (!response.ok) throw new ConfigUnreadableError(`/config.json was answered with ${response.status}.`);
    return parseConfig(await response.json());
  } catch (error) {
    if (error instanceof ConfigUnreadableError) throw error;
    throw new ConfigUnreadableError("/config.json could not be read. Check the connection and reload.", {
      cause: error,
    });
  }
}
