import { z } from "zod";
import { env } from "@/server/env";
import { anyQuery } from "../rest/query";
import { definePublicRoute, type Answer } from "../rest/route";
import { findMissing } from "./readiness";

const healthSchema = z.object({
  status: z.enum(["ready", "starting"]),
  missing: z.array(z.string()),
  problems: z.array(z.string()).describe("What is missing, as sentences that say what to do."),
  warnings: z.array(z.string()).describe("What a person should look at although work goes on."),
  version: z.string(),
});

const liveSchema = z.object({ status: z.literal("live"), version: z.string() });

export const routes = [
  definePublicRoute({
    method: "GET",
    path: "/api/health",
    summary: "200 when everything that work needs is ready, else 503 naming what is missing.",
    query: anyQuery,
    response: healthSchema,
    handler: async (): Promise<Answer<z.input<typeof healthSchema>>> => {
      const readiness = await findMissing();
      const version = env().HOLDPOINT_VERSION;
      return readiness.missing.length === 0
        ? { body: { status: "ready", ...readiness, version } }
        : { status: 503, body: { status: "starting", ...readiness, version } };
    },
  }),
  definePublicRoute({
    method: "GET",
    path: "/api/health/live",
    summary: "200 while this process answers, whatever else is missing.",
    query: anyQuery,
    response: liveSchema,
    handler: (): Promise<Answer<z.input<typeof liveSchema>>> =>
      Promise.resolve({ body: { status: "live", version: env().HOLDPOINT_VERSION } }),
  }),
];
