import { startInstance, type Instance } from "@/tests/instance";
import type { DatabaseAddresses } from "../db/addresses";

/** The whole product on a database that is there, as the bench loads it; in a data directory of its own unless one is given. */
export async function startBenchInstance(
  database: DatabaseAddresses,
  environment: Record<string, string> = {},
  dataDir?: string,
): Promise<Instance> {
  return await startInstance(
    {
      DATABASE_URL: database.app,
      HOLDPOINT_MIGRATION_DATABASE_URL: database.owner,
      HOLDPOINT_DEMO: "on",
      // What the machine can do is measured, not what one organization may ask of it.
      HOLDPOINT_STARTS_PER_SECOND: "100000",
      LOG_LEVEL: "warn",
      ...environment,
    },
    dataDir,
  );
}
