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
  // Two products and two browsers share the processors: threads that compile and tidy up ahead cost more here than they save (a sixth of a page's time).
  "--js-flags=--single-threaded",
];

const executablePath = process.env.CHROME_PATH;

export default defineConfig({
  testDir: "e2e",
  // Each worker has a product of its own (e2e/fixtures.ts); in one that is running already, the tests take turns.
  workers: process.env.HOLDPOINT_E2E_DATA_DIR ? 1 : 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    timezoneId: "Asia/Kathmandu",
    // A trace records every frame, which doubles the time of the whole suite: ask for one with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
  },
});
