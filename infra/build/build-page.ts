import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { built, root } from "./project.ts";

/** Builds the review page to `dist/page`. Answers false when there is no page to build. */
export async function buildPage(): Promise<boolean> {
  const page = join(root, "page");
  if (!existsSync(join(page, "index.html"))) return false;
  await build({
    root: page,
    configFile: join(page, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: join(built, "page"), emptyOutDir: true },
  });
  return true;
}
