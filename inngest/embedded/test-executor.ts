// Kept for inngest/functions/deliver.test.ts until its import says executor.testkit.
export { createTestClient, startTestExecutor, type TestExecutor } from "./executor.testkit";
