import { z } from "zod";
import { defineAuth } from "@/connectors/auth/define-auth";

export const bearerAuth = defineAuth({
  type: "bearer",
  label: "A bearer token",
  hint: "For services that give out a token or a key, as most do.",
  schema: z.strictObject({ type: z.literal("bearer"), token: z.string().min(1).max(8192) }),
  fields: [{ name: "token", label: "Token", secret: true, problem: "Enter the token." }],
  sign: ({ token }) => ({ headers: { authorization: `Bearer ${token}` } }),
  secrets: ({ token }) => [token],
});
