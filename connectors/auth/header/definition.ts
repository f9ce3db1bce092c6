import { z } from "zod";
import { defineAuth } from "@/connectors/auth/define-auth";
import { isMachineHeader } from "@/core/connection-headers";

export const headerAuth = defineAuth({
  type: "header",
  label: "A header",
  hint: "For services that expect their key in a header of their own.",
  schema: z.strictObject({
    type: z.literal("header"),
    name: z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/, "must be the name of an HTTP header")
      .refine((name) => !isMachineHeader(name), "must not be a header that the connection itself sets, such as Host"),
    value: z.string().min(1).max(8192),
  }),
  fields: [
    { name: "name", label: "Header", secret: false, problem: "Enter the name of a header, such as X-Api-Key." },
    { name: "value", label: "Value", secret: true, problem: "Enter the value that the service expects." },
  ],
  sign: ({ name, value }) => ({ headers: { [name.toLowerCase()]: value } }),
  secrets: ({ value }) => [value],
});
