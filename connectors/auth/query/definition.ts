import { z } from "zod";
import { defineAuth } from "@/connectors/auth/define-auth";
import { queryText } from "@/core/query-text";

export const queryAuth = defineAuth({
  type: "query",
  label: "A query parameter",
  hint: "For services that take their key in the address alone; addresses are often logged on the way, so prefer a header.",
  schema: z.strictObject({
    type: z.literal("query"),
    name: z.string().regex(/^[A-Za-z0-9_.~$-]{1,128}$/, "may hold letters, digits and _ . ~ $ -"),
    // An address may have 8,192 characters, and encoded each of these may take three or more.
    value: z.string().min(1).max(1024),
  }),
  fields: [
    {
      name: "name",
      label: "Parameter",
      secret: false,
      placeholder: "api_key",
      problem: "Enter the name of the parameter, such as api_key.",
    },
    { name: "value", label: "Value", secret: true, problem: "Enter the value that the service expects." },
  ],
  sign: ({ name, value }) => ({ query: { [name]: value } }),
  // As it is sent, and as a service writes it that encodes it anew like a form.
  secrets: ({ value }) => [value, queryText(value), new URLSearchParams({ "": value }).toString().slice(1)],
});
