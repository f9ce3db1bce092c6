import { z } from "zod";

/** The schema of credentials of any of these kinds; `type` says of which. */
export function authSchema<S extends z.core.$ZodTypeDiscriminable>(
  definitions: Readonly<Record<string, { schema: S }>>,
): z.ZodDiscriminatedUnion<[S, ...S[]], "type"> {
  const [first, ...others] = Object.values(definitions).map(({ schema }) => schema);
  if (first === undefined) throw new Error("A registry without a way to authenticate");
  return z.discriminatedUnion("type", [first, ...others]);
}
