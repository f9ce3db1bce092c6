import { access } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/server/env";
import { hasDemoOrganization, hasFreshWorker } from "./store";

/** What must be there before anybody should send work. */
const checks = {
  seed: async () => !env().HOLDPOINT_DEMO || (await hasDemoOrganization()),
  credentials_file: async () =>
    !env().HOLDPOINT_DEMO || (await isReadable(join(env().HOLDPOINT_DATA_DIR, "demo-credentials.json"))),
  // With a real Inngest server its own workers call us; only the embedded executor signs in here.
  worker: async () => env().INNGEST_BASE_URL !== undefined || (await hasFreshWorker()),
} satisfies Record<string, () => Promise<boolean>>;

/** Names of what is missing; empty means ready. A check that fails (no database, no table yet) counts as missing. */
export async function findMissing(): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ((await check().catch(() => false)) ? [] : [name])),
  );
  return results.flat();
}

function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
