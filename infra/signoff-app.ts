import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import * as z from "zod";
import { readSettings, type Settings, stackName } from "./settings.ts";
import { SignoffStack } from "./signoff-stack.ts";

export interface SignoffAppProps {
  /** Where the cloud assembly goes. @default - `CDK_OUTDIR`, as the CDK's command sets it, or a temporary directory */
  readonly outdir?: string;
  /** What `npm run build` wrote. @default - `dist` */
  readonly built?: string;
  /** @default - from `cdk.json` and `settings.json` */
  readonly settings?: Settings;
}

const root = join(import.meta.dirname, "..");

/** The CDK app, with the same feature flags whether the CDK's command runs it or the one machine does. */
export function createSignoffApp({ outdir, built, settings = readSettings(root) }: SignoffAppProps = {}): App {
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    analyticsReporting: false,
    context: { ...featureFlags(), "aws:cdk:enable-path-metadata": true },
  });
  const { account, region } = settings;
  new SignoffStack(app, stackName(settings), {
    settings,
    built: built ?? join(root, "dist"),
    ...(settings.account !== undefined &&
      account !== undefined &&
      region !== undefined && { env: { account, region } }),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function featureFlags(): Record<string, unknown> {
  const { context } = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")));
  return Object.fromEntries(Object.entries(context).filter(([key]) => key !== "signoff"));
}
