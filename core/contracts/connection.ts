import { z } from "zod";
import { isMachineHeader } from "@/core/connection-headers";

/** How a connection proves who calls. Secret values go in and never come out. */
export const connectionAuthSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({ type: z.literal("bearer"), token: z.string().min(1).max(8192) }),
  z.strictObject({ type: z.literal("basic"), username: z.string().max(1024), password: z.string().max(8192) }),
  z.strictObject({
    type: z.literal("header"),
    name: z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/, "must be the name of an HTTP header")
      .refine((name) => !isMachineHeader(name), "must not be a header that the connection itself sets, such as Host"),
    value: z.string().min(1).max(8192),
  }),
]);
export type ConnectionAuth = z.output<typeof connectionAuthSchema>;

export const connectionSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  connector: z.string(),
  name: z.string(),
  base_url: z.string(),
  auth: z.object({ type: z.string() }).describe("Without the secret"),
  is_live: z.boolean().describe("Reaches a real service rather than a sandbox"),
  record_bodies: z
    .boolean()
    .describe("Whether what the service answers is kept on record; false: the run uses it, and nobody is shown it"),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ConnectionItem = z.output<typeof connectionSchema>;

/** Names a service in `service_call` and `tool_call` steps. */
const slugSchema = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/,
    "may hold a-z, 0-9, - and _, and starts and ends with a letter or digit",
  );

const baseUrlSchema = z
  .string()
  .max(2048)
  .refine(
    isBaseUrl,
    "must be an http:// or https:// address without user name, query and fragment; credentials belong in auth",
  );

export const createConnectionSchema = z.strictObject({
  slug: slugSchema,
  connector: z
    .string()
    .max(64)
    .default("http")
    .describe("Which connector's actions it serves; http takes any REST API"),
  name: z.string().trim().min(1).max(120).optional().describe("Default: the slug"),
  base_url: baseUrlSchema,
  auth: connectionAuthSchema.default({ type: "none" }),
  is_live: z.boolean().default(false),
  record_bodies: z
    .boolean()
    .default(true)
    .describe(
      "False keeps no response bodies on record: receipts hold the status, and outputs of steps are hidden from everybody",
    ),
});
export type CreateConnection = z.output<typeof createConnectionSchema>;

export const updateConnectionSchema = z.strictObject({
  connector: z.string().max(64).optional(),
  name: z.string().trim().min(1).max(120).optional(),
  base_url: baseUrlSchema
    .optional()
    .describe("Another address, host or path, needs auth again, so that a stored secret cannot be sent elsewhere"),
  auth: connectionAuthSchema.optional(),
  is_live: z.boolean().optional(),
  record_bodies: z.boolean().optional().describe("Counts for calls from now on; what was hidden stays hidden"),
});
export type UpdateConnection = z.output<typeof updateConnectionSchema>;

export const testConnectionSchema = z.strictObject({
  path: z.string().max(2048).default("/").describe("What to GET below the base URL"),
});

/** Whether the service could be reached, and what it said. */
export const connectionTestSchema = z.object({
  ok: z.boolean().describe("It answered, with neither 401, 403 nor 5xx"),
  status: z.number().nullable(),
  duration_ms: z.number(),
  message: z.string(),
});
export type ConnectionTest = z.output<typeof connectionTestSchema>;

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text) || /[\s\\]/.test(text)) return false;
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  return (
    (protocol === "http:" || protocol === "https:") && hostname !== "" && username + password + search + hash === ""
  );
}
