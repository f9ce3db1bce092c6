import { z } from "zod";

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

/**
 * The shapes of a new and of a changed connection. They are handed the schema of its credentials, also with what stands for none:
 * which kinds there are, connectors/auth knows.
 */
export function connectionSchemas<S extends z.ZodType, D extends z.ZodType>(auth: S, authOrNone: D) {
  const create = z.strictObject({
    slug: slugSchema,
    connector: z
      .string()
      .max(64)
      .default("http")
      .describe("Which connector's actions it serves; http takes any REST API"),
    name: z.string().trim().min(1).max(120).optional().describe("Default: the slug"),
    base_url: baseUrlSchema,
    auth: authOrNone,
    is_live: z.boolean().default(false),
    record_bodies: z
      .boolean()
      .default(true)
      .describe(
        "False keeps no response bodies on record: receipts hold the status, and outputs of steps are hidden from everybody",
      ),
  });
  const update = z.strictObject({
    connector: z.string().max(64).optional(),
    name: z.string().trim().min(1).max(120).optional(),
    base_url: baseUrlSchema
      .optional()
      .describe("Another address, host or path, needs auth again, so that a stored secret cannot be sent elsewhere"),
    auth: auth.optional(),
    is_live: z.boolean().optional(),
    record_bodies: z.boolean().optional().describe("Counts for calls from now on; what was hidden stays hidden"),
  });
  return { create, update };
}

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
