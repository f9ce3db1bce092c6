import { env } from "@/server/env";
import { createKeyRing, type KeyRing } from "@/server/integrations/secrets/key-ring";

let ring: KeyRing | undefined;

/** The process's key ring, from HOLDPOINT_ENCRYPTION_KEYS. */
export function keyRing(): KeyRing {
  ring ??= createKeyRing(env().HOLDPOINT_ENCRYPTION_KEYS);
  return ring;
}
