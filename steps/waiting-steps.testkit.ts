import type { JsonObject } from "@/core/json";
import type { WaitpointResolution } from "@/core/ports";
import { testNow } from "./step-context.testkit";

export const hour = 3_600_000;

export const resolved = (outcome: string, data: JsonObject = {}): WaitpointResolution => ({
  outcome,
  at: testNow + hour,
  data,
  by: { id: "u1", name: "Kim Ito", email: "kim@acme.com" },
});

export const due: WaitpointResolution = { outcome: "due", at: testNow + hour, data: {} };
