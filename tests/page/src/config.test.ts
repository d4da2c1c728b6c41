import { describe, expect, it } from "vitest";
import { parseConfig } from "../../../page/src/config.ts";

describe("parseConfig", () => {
  const config = {
    issuer: "https://id.example",
    authorizationEndpoint: "https://id.example/authorize",
    tokenEndpoint: "https://id.example/token",
    logoutEndpoint: "https://id.example/logout",
    clientId: "page",
    scopes: ["openid"],
  };
  it("takes a whole configuration and names what is missing from another", () => {
    expect(parseConfig(config)).toEqual(config);
    for (const name of Object.keys(config))
      expect(() => parseConfig({ ...config, [name]: undefined })).toThrow(`"${name}"`);
    expect(() => parseConfig({ ...config, tokenEndpoint: "id" })).toThrow("not an address");
  });
});
