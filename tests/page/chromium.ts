import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where distributions and CI images put it, first found wins; `CHROMIUM` names another. */
const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser is required (CI=true) or asked for, and none is there. */
class ChromiumMissingError extends Error {
  override readonly name = "ChromiumMissingError";
}

/** The browser's path, or null when this machine has none. */
export function findChromium(): string | null {
  const places = process.env.CHROMIUM === undefined ? usualPlaces : [process.env.CHROMIUM];
  return places.find((place) => existsSync(place)) ?? null;
}

/** True when browser tests have to be skipped: said aloud on a person's machine, an error where CI=true. */
export function mustSkipBrowserTests(): boolean {
  if (findChromium() !== null) return false;
  const message = "No Chromium found: set CHROMIUM to its path, or install the package chromium.";
  if (process.env.CI === "true") throw new ChromiumMissingError(message);
  console.warn(`Browser tests are skipped. ${message}`);
  return true;
}

/** @throws {ChromiumMissingError} when there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new ChromiumMissingError("No Chromium found: set CHROMIUM to its path.");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
