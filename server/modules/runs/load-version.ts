import { hotPool } from "@/server/db/pools";
import { createVersionLoader } from "./version-store";

let loader: ReturnType<typeof createVersionLoader> | undefined;

/** A compiled version, for what people do to its runs. */
export function loadVersion(organizationId: string, versionId: string) {
  loader ??= createVersionLoader(hotPool());
  return loader(organizationId, versionId);
}
