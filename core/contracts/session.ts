import { z } from "zod";

/** A sign-in that is still open. Times are ISO-8601 UTC. */
export const sessionSchema = z.object({
  id: z.uuid(),
  device: z.string().describe("The browser in words, such as Firefox on Windows"),
  address: z.string().describe("Where the sign-in came from"),
  created_at: z.string(),
  seen_at: z.string().describe("When it was last used, to the minute"),
  expires_at: z.string().describe("When it ends at the latest; after seven days without use it ends earlier"),
  is_current: z.boolean().describe("The one that asks"),
});
export type SessionItem = z.output<typeof sessionSchema>;

export const minPasswordLength = 12;
const givenPassword = z.string().min(1).max(1_024);

export const changePasswordSchema = z.strictObject({
  current: givenPassword,
  next: z.string().min(minPasswordLength, `must have at least ${minPasswordLength} characters`).max(1_024),
});
export type ChangePassword = z.output<typeof changePasswordSchema>;

export const provePasswordSchema = z.strictObject({ password: givenPassword });
