import { z } from "zod";
import { defineStep } from "@/steps/define-step";

export const serviceCallDefinition = defineStep({
  type: "service_call",
  aliases: ["http"],
  title: "Service call",
  description: "Sends an HTTP request through a registered connection, which adds the credentials.",
  icon: "globe",
  group: "actions",
  color: "action",
  kind: "effect",
  available: true,
  implicitCase: "out",
  starter: { method: "GET", path: "/" },
  config: z.object({
    service: z.string().min(1).describe("Slug of the connection"),
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).default("GET"),
    path: z.string().default("/").describe("Path below the connection's base URL; templates are percent-encoded"),
    query: z.record(z.string(), z.json()).optional(),
    headers: z
      .record(z.string(), z.json())
      .optional()
      .describe("Additional headers; one whose template is missing is left out"),
    body: z.json().optional(),
  }),
  spellings: { connection: "service" },
  normalize: (raw) => {
    const { method } = raw;
    return { fields: typeof method === "string" ? { ...raw, method: method.toUpperCase() } : raw, targets: [] };
  },
  handles: () => [{ id: "out", label: "Done", unlabelled: true }],
  summary: (config) => `${config.method} ${config.path}`,
  expressionSites: (config) => [
    { path: "service", kind: "template", value: config.service },
    { path: "path", kind: "template", value: config.path },
    { path: "query", kind: "template", value: config.query },
    { path: "headers", kind: "template", value: config.headers },
    { path: "body", kind: "template", value: config.body },
  ],
  connection: (config) => config.service,
  defaultRetry: { maxAttempts: 3, backoff: "exponential", retryOn: ["5xx", "timeout"] },
  defaultTimeoutMs: 30_000,
});
export type ServiceCallConfig = z.output<typeof serviceCallDefinition.config>;
