import type { z } from "zod";

/** A field of the credentials, as the form asks for it. */
export interface AuthField {
  /** As it is called in the schema. */
  name: string;
  label: string;
  hint?: string;
  /** True: it is never seen again once it was entered. */
  secret: boolean;
  placeholder?: string;
  /** What is said when the schema does not take what was entered. */
  problem: string;
}

/** What is added to a request to prove who calls. Names of headers in lower case; a step's own of the same name gives way. */
export interface Signature {
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
}

/** An object whose `type` says of which kind the credentials are. */
export type AuthSchema = z.ZodType<{ type: string }> & z.core.$ZodTypeDiscriminable;

/** How a connection proves who calls, for browser and server alike. Data and pure functions only. */
export interface AuthDefinition<S extends AuthSchema = AuthSchema> {
  type: string;
  /** "A bearer token" */
  label: string;
  /** When to choose it, in one sentence. */
  hint: string;
  schema: S;
  /** In the order of the form. None: it proves nothing, so there is nothing to keep or to hide. */
  fields: readonly AuthField[];
  sign(auth: z.output<S>): Signature;
  /** Every text that must not be seen again, in the forms in which it travels. */
  secrets(auth: z.output<S>): readonly string[];
}

export type AuthDefinitions = Readonly<Record<string, AuthDefinition>>;
