import { createSignoffApp } from "../signoff-app.ts";
import { buildPage } from "./build-page.ts";
import { bundleFunctions } from "./bundle-functions.ts";

/** Run by `ensureAssembly` in a process of its own: builds everything and synthesizes into the directory given. */
const [outdir] = process.argv.slice(2);
if (outdir === undefined) throw new Error("Usage: synthesize.ts <directory of the cloud assembly>");
await Promise.all([bundleFunctions(), buildPage()]);
createSignoffApp({ outdir }).synth();
