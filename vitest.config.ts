import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Handlers run in the test process now and then; what they log is not what a test says.
    env: {
      POWERTOOLS_LOG_LEVEL: "SILENT",
      POWERTOOLS_METRICS_DISABLED: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    // Both cores: much of the time goes by waiting, for a page or for a process to end.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
