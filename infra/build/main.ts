import { buildPage } from "./build-page.ts";
import { type Bundle, bundleFunctions } from "./bundle-functions.ts";

/** `npm run build`: bundles the functions and the page into `dist/`, and says how large they are. */
const bundles = await bundleFunctions();
const kibibytes = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
const line = ({ name, bytes, totalBytes }: Bundle) => {
  const companions = totalBytes === bytes ? "" : ` (with what lies beside it ${kibibytes(totalBytes)})`;
  return `${name.padEnd(20)}${kibibytes(bytes).padStart(10)}${companions}`;
};
console.log(bundles.map(line).join("\n"));
const page = await buildPage();
console.log(page ? "page: built to dist/page" : "page: skipped, page/index.html does not exist");
