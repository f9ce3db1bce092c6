import { startInstance } from "@/tests/instance";

/** Starts the product once for the whole run; fixtures.ts finds it through the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const instance = await startInstance({ TZ: "Asia/Kathmandu" });
  process.env.HOLDPOINT_E2E_BASE_URL = instance.baseUrl;
  process.env.HOLDPOINT_E2E_DATA_DIR = instance.dataDir;
  return instance.stop;
}
