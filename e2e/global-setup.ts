import { attachInstance, startInstance } from "@/tests/instance";

/**
 * Starts the product once for the whole run; fixtures.ts finds it through the environment. With HOLDPOINT_E2E_DATA_DIR set,
 * the tests use the instance that is running there, and leave it running.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const running = process.env.HOLDPOINT_E2E_DATA_DIR;
  if (running) {
    process.env.HOLDPOINT_E2E_BASE_URL = attachInstance(running).baseUrl;
    return () => Promise.resolve();
  }
  // Webhook receivers of the tests listen on this machine.
  const instance = await startInstance({ TZ: "Asia/Kathmandu", HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
  process.env.HOLDPOINT_E2E_BASE_URL = instance.baseUrl;
  process.env.HOLDPOINT_E2E_DATA_DIR = instance.dataDir;
  return instance.stop;
}
