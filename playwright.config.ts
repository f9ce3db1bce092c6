import { defineConfig, devices } from "@playwright/test";

// Chromium as root in a container has no sandbox, and must not reach out to its maker.
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const executablePath = process.env.CHROME_PATH;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // One instance and one demo organization serve all files: they take turns.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    ...(process.env.HOLDPOINT_E2E_BASE_URL ? { baseURL: process.env.HOLDPOINT_E2E_BASE_URL } : {}),
    viewport: { width: 1440, height: 900 },
    timezoneId: "Asia/Kathmandu",
    // A trace records every frame, which doubles the time of the whole suite: ask for one with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
  },
});
