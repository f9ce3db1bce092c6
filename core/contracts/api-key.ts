import { z } from "zod";
import { timeSchema } from "./time";
import { scopes } from "@/core/permissions";

/** What is shown of an API key after it was made. Times are ISO-8601 UTC. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  hint: z.string().describe("The first characters, to recognise the key by"),
  scopes: z.array(z.string()),
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).describe("Who the key acts for"),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  created_at: z.string(),
});
export type ApiKeyItem = z.output<typeof apiKeySchema>;

export const createApiKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(z.enum(scopes)).min(1).optional().describe("Default: everything you may do yourself"),
  expires_at: timeSchema.nullable().optional().describe("Default: never"),
});
export type CreateApiKey = z.output<typeof createApiKeySchema>;

/** The answer to making one: the only time the key itself is shown. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string().describe("Shown once; keep it safe") });
