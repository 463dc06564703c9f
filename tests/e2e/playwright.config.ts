import { defineConfig } from "@playwright/test";

import { chromium, MISSING } from "./chromium";

if (chromium === null && process.env["NO_SKIPS"] === "1") throw new Error(MISSING);

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Three times the cores of a small machine: much of a story is waiting.
  workers: 6,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    // A trace slows each story down by half: TRACE=1 keeps those of failures.
    trace: process.env["TRACE"] === "1" ? "retain-on-failure" : "off",
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
