import { findAuth } from "@/connectors/auth/definitions";
import type { AuthDefinitions, Signature } from "@/core/auth-definition";
import { connectionContext, type KeyRing } from "./secrets/key-ring";

/** The parts of a stored connection that say who calls. */
export interface SealedCredentials {
  id: string;
  organizationId: string;
  authType: string;
  secretSealed: string | null;
}

/** What proves who calls, and everything in it that must never be seen again. */
export interface Credentials {
  signature: Signature;
  secrets: readonly string[];
}

/** The credentials of a connection as requests need them; null when they cannot be read. */
export function openCredentials(
  { id, organizationId, authType, secretSealed }: SealedCredentials,
  keyRing: KeyRing,
  kinds: AuthDefinitions,
): Credentials | null {
  const kind = findAuth(authType, kinds);
  if (kind === null) return null;
  if (kind.fields.length === 0) return { signature: {}, secrets: [] };
  if (secretSealed === null) return null;
  try {
    const plain: unknown = JSON.parse(keyRing.open(secretSealed, connectionContext(organizationId, id)));
    // The kind's own schema takes its own type alone: what was sealed under another one is not read.
    const parsed = kind.schema.safeParse(plain);
    return parsed.success ? { signature: kind.sign(parsed.data), secrets: kind.secrets(parsed.data) } : null;
  } catch {
    return null;
  }
}
