import { z } from "zod";
import { env } from "@/server/env";
import { anyQuery } from "../rest/query";
import { definePublicRoute, type Answer } from "../rest/route";
import { findMissing } from "./readiness";

const healthSchema = z.object({
  status: z.enum(["ready", "starting"]),
  missing: z.array(z.string()),
  version: z.string(),
});

export const routes = [
  definePublicRoute({
    method: "GET",
    path: "/api/health",
    summary: "200 when the seed, the credentials file and a worker are ready, else 503 naming what is missing.",
    query: anyQuery,
    response: healthSchema,
    handler: async (): Promise<Answer<z.input<typeof healthSchema>>> => {
      const missing = await findMissing();
      const version = env().HOLDPOINT_VERSION;
      return missing.length === 0
        ? { body: { status: "ready", missing, version } }
        : { status: 503, body: { status: "starting", missing, version } };
    },
  }),
];
