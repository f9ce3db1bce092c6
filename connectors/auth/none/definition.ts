import { z } from "zod";
import { defineAuth } from "@/connectors/auth/define-auth";

export const noneAuth = defineAuth({
  type: "none",
  label: "Nothing",
  hint: "For services that anybody may call.",
  schema: z.strictObject({ type: z.literal("none") }),
  fields: [],
  sign: () => ({}),
  secrets: () => [],
});
