import { writeFileSync } from "node:fs";
import { openApiDocument } from "./document.ts";

/** `npm run openapi`: writes docs/openapi.json. A test holds it to the schemas. */
writeFileSync(new URL("../../docs/openapi.json", import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
