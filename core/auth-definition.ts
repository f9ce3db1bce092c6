import type { z } from "zod";

/** A field of the credentials, as the form asks for it. */
export interface AuthField {
  name: string;
  label: string;
  hint?: string;
  /** True: it is never seen again once it was entered. */
  secret: boolean;
  placeholder?: string;
}

/** How a connection proves who calls, for browser and server alike. Data and pure functions only. */
export interface AuthDefinition<A extends { type: string } = { type: string }> {
  type: string;
  /** "Bearer token" */
  label: string;
  /** When to choose it, in one sentence. */
  hint: string;
  schema: z.ZodType<A>;
  /** In the order of the form. */
  fields: readonly AuthField[];
  /** What is added to each request to prove who calls. Names of headers in lower case. */
  sign(auth: A): { headers?: Readonly<Record<string, string>>; query?: Readonly<Record<string, string>> };
  /** Every text that must not be seen again, in the forms in which it travels. */
  secrets(auth: A): readonly string[];
}
