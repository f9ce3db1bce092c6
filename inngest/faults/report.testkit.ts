import { TestRunner } from "vitest";

/** Counts of one scenario: what there was, what was broken, what came of it. */
export type Counts = Record<string, number>;

declare module "vitest" {
  interface TaskMeta {
    /** `npm run test:faults` reads it from the report. */
    faults?: Counts;
  }
}

/** Says what a scenario did, for the person who reads along and for the command that adds it all up. */
export function report(counts: Counts): void {
  const test = TestRunner.getCurrentTest();
  if (test) test.meta.faults = counts;
  console.log(`faults: ${JSON.stringify(counts)}`);
}
