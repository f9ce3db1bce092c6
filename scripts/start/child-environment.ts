import { instanceSecrets } from "./secrets";
import type { StartSettings } from "./settings";

/** Any of these hands the runs to a real Inngest server, and the embedded executor stays off (as in inngest/mode.ts). */
const inngestVariables = ["INNGEST_BASE_URL", "INNGEST_EVENT_KEY", "INNGEST_DEV"];

/** The environment of the web and worker processes: ours on top of the caller's. */
export function childEnvironment(settings: StartSettings, databaseUrl: string): NodeJS.ProcessEnv {
  const embedded = inngestVariables.every((name) => !process.env[name]);
  return {
    ...process.env,
    ...instanceSecrets(settings.dataDir, embedded),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    HOST: settings.host,
    PORT: String(settings.port),
    HOLDPOINT_BASE_URL: settings.baseUrl,
    HOLDPOINT_DATA_DIR: settings.dataDir,
    HOLDPOINT_DEMO: settings.demo ? "on" : "off",
    HOLDPOINT_VERSION: settings.version,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || settings.baseUrl,
  };
}
