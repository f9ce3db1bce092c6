import { z } from "zod";
import { defineAuth } from "@/connectors/auth/define-auth";

export const basicAuth = defineAuth({
  type: "basic",
  label: "User name and password",
  hint: "For services that know their callers by a user name and a password.",
  schema: z.strictObject({
    type: z.literal("basic"),
    username: z.string().max(1024),
    password: z.string().max(8192),
  }),
  fields: [
    { name: "username", label: "User name", secret: false, problem: "Enter at most 1,024 characters." },
    { name: "password", label: "Password", secret: true, problem: "Enter at most 8,192 characters." },
  ],
  sign: ({ username, password }) => ({ headers: { authorization: `Basic ${base64(`${username}:${password}`)}` } }),
  secrets: ({ username, password }) => [password, `${username}:${password}`],
});

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
