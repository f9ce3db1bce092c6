import type { AuthDefinition, AuthSchema } from "@/core/auth-definition";

/** Ties `sign` and `secrets` to the type that the definition's own schema gives. */
export function defineAuth<S extends AuthSchema>(definition: AuthDefinition<S>): AuthDefinition<S> {
  return definition;
}
