import { parseEnvironment } from "../../server/env";
import { instanceSecrets } from "./secrets";
import type { StartSettings } from "./settings";

/** The environment of the web and worker processes: ours on top of the caller's. */
export function childEnvironment(settings: StartSettings, databaseUrl: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  // The owner's password stays with the supervisor.
  delete environment["HOLDPOINT_MIGRATION_DATABASE_URL"];
  return {
    ...environment,
    ...instanceSecrets(settings.dataDir),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    HOST: settings.host,
    PORT: String(settings.port),
    HOLDPOINT_BASE_URL: settings.baseUrl,
    HOLDPOINT_DATA_DIR: settings.dataDir,
    HOLDPOINT_DEMO: settings.demo ? "on" : "off",
    HOLDPOINT_VERSION: settings.version,
    HOLDPOINT_ROLE: settings.role,
    ...(settings.workerPort === undefined ? {} : { HOLDPOINT_WORKER_PORT: String(settings.workerPort) }),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || settings.baseUrl,
  };
}

/** Throws the sentences about what web and worker would refuse, before anything is started. */
export function checkEnvironment(settings: StartSettings): void {
  parseEnvironment(childEnvironment(settings, settings.database?.app ?? "postgresql://embedded"));
}
