import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openApiDocument } from "../../infra/openapi/document.ts";

it("keeps docs/openapi.json as the schemas say; npm run openapi writes it anew", () => {
  const written: unknown = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf-8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});
