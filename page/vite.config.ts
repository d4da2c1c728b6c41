import { defineConfig } from "vite";

/** Builds the static page into dist/page: one document, everything else hashed under /assets, nothing inlined (the CSP forbids it). */
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist/page",
    emptyOutDir: true,
    assetsDir: "assets",
    // A data: address would need img-src data: in the CSP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // light-dark() and CSS nesting are passed through: what a browser needs is in README, not in a polyfill.
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    reportCompressedSize: true,
  },
});
