import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** Builds the page as it would be deployed, into a folder of its own, so that tests that run beside each other do not meet. */
export function buildPage(): { readonly distribution: string; remove(): void } {
  const distribution = mkdtempSync(join(tmpdir(), "signoff-page-"));
  const vite = [join(root, "node_modules/vite/bin/vite.js"), "build", "--config", "page/vite.config.ts"];
  const built = spawnSync(process.execPath, [...vite, "--outDir", distribution, "--emptyOutDir"], {
    cwd: root,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`The page could not be built: ${built.stderr}`);
  return { distribution, remove: () => rmSync(distribution, { recursive: true, force: true }) };
}
