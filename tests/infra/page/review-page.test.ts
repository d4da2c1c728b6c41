import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PageNotBuiltError } from "../../../infra/page/review-page.ts";
import { parseSettings } from "../../../infra/settings.ts";
import { createSignoffApp } from "../../../infra/signoff-app.ts";
import { standInBuild } from "../stand-in-build.ts";

it("fails with a remedy when the page was not built", () => {
  const directory = mkdtempSync(join(tmpdir(), "signoff-page-"));
  const built = standInBuild(join(directory, "built"));
  rmSync(join(built, "page"), { recursive: true });
  const synthesis = () =>
    createSignoffApp({ outdir: join(directory, "assembly"), built, settings: parseSettings({}, "the test") });
  expect(synthesis).toThrow(PageNotBuiltError);
  expect(synthesis).toThrow(/npm run build/);
});
