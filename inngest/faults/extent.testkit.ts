import { inngestServer } from "@/inngest/runtime/patience.testkit";

/** How much a fault test does: little within `npm test`, all of it with `npm run test:faults`. */
export const extent = {
  runs: Number(process.env["FAULT_RUNS"] ?? "42"),
  /** How often something is broken. */
  rounds: Number(process.env["FAULT_ROUNDS"] ?? "3"),
  /** Questions about which everything happens at once. */
  decisions: Number(process.env["FAULT_DECISIONS"] ?? "32"),
  /** Of one run, one after the other. */
  waits: Number(process.env["FAULT_WAITS"] ?? "120"),
  /** Downtimes and silences last as long as they say; else what was written is moved into the past. */
  inRealTime: process.env["FAULT_REAL_TIME"] === "1",
};

const minute = 60_000;

/** Far more than a scenario takes, in ms; a real server asks again after half a minute, then after longer and longer pauses. */
export const scenarioLimit = {
  timeout: (process.env["FAULT_RUNS"] !== undefined ? 90 : inngestServer !== undefined ? 40 : 10) * minute,
};
