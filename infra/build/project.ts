import { join } from "node:path";

/** Root of the repository. */
export const root = join(import.meta.dirname, "..", "..");
/** What building writes: `functions/<name>/index.mjs`, `page/index.html`. */
export const built = join(root, "dist");
