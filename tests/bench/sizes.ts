import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildPage } from "../../infra/build/build-page.ts";
import { bundleFunctions } from "../../infra/build/bundle-functions.ts";

/** KiB of every function's bundle (what lies beside it apart), and of the page as gzip sends it. */
export async function measureSizes() {
  await bundleFunctions();
  await buildPage();
  const bundles = Object.fromEntries(
    readdirSync("dist/functions").map((name) => {
      const files = readdirSync(join("dist/functions", name)).map(
        (file) => [file, kib(statSync(join("dist/functions", name, file)).size)] as const,
      );
      const own = files.find(([file]) => file.startsWith("index."))?.[1] ?? 0;
      const beside = files.filter(([file]) => !file.startsWith("index.")).reduce((sum, [, size]) => sum + size, 0);
      return [name, { bundleKiB: own, besideKiB: beside, usesS3: usesS3(name) }];
    }),
  );
  const pageFiles = readdirSync("dist/page", { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const pageGzipKiB =
    pageFiles.reduce((sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length, 0) /
    1024;
  return { bundles, pageGzipKiB: Math.round(pageGzipKiB * 10) / 10 };
}

const kib = (bytes: number): number => Math.round(bytes / 1024);
const usesS3 = (name: string): boolean =>
  readdirSync(join("dist/functions", name)).some(
    (file) =>
      /^index\.m?js$/.test(file) && readFileSync(join("dist/functions", name, file), "utf-8").includes("AmazonS3"),
  );
