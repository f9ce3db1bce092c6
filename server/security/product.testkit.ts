import { Client } from "pg";
import type { TestProject } from "vitest/node";
import startPostgres from "@/tests/global-setup";
import { attachInstance, startInstance } from "@/tests/instance";
import { templateDatabase } from "@/tests/template-database";
import { startOutsider } from "./outsider.testkit";

declare module "vitest" {
  interface ProvidedContext {
    /** The product under attack: one for all files. */
    attacked: { dataDir: string; environment: Record<string, string> };
    /** Address of a service outside that it may call, though on this machine. */
    outsider: string;
  }
}

const database = "security";
/** Known, so that the kit can make organizations and sessions of its own beside the demo's. */
const secrets = {
  NEXTAUTH_SECRET: "security-secret-security-secret-0123456789",
  HOLDPOINT_ENCRYPTION_KEYS: `security:${Buffer.alloc(32, 9).toString("base64")}`,
};

/** Global setup of the project `security`: the whole product, once, on a database that the tests may look into. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { SECURITY_DATA_DIR: running, DATABASE_URL: runningDatabase } = process.env;
  const outsider = await startOutsider(Number(process.env.SECURITY_OUTSIDER_PORT ?? "0"));
  const host = `127.0.0.1:${outsider.port}`;
  project.provide("outsider", `http://${host}`);
  if (running !== undefined && runningDatabase !== undefined) {
    // One that is running already, for whoever writes these tests; it was started with the secrets above.
    const { baseUrl } = attachInstance(running);
    project.provide("attacked", { dataDir: running, environment: environmentOf(runningDatabase, baseUrl) });
    return () => outsider.stop();
  }
  const stopPostgres = await startPostgres(project);
  try {
    const adminUrl = project.getProvidedContext().postgresUrl;
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(`create database ${database} template ${templateDatabase}`);
    await client.end();
    const url = adminUrl.replace(/\/postgres$/, `/${database}`);
    const instance = await startInstance({
      ...secrets,
      DATABASE_URL: url,
      HOLDPOINT_DEMO: "on",
      HOLDPOINT_ALLOW_PRIVATE_HOSTS: host,
      // All attackers have one address here; that one has room for so many is tried where it is limited.
      HOLDPOINT_CONNECTIONS_PER_ADDRESS: "2000",
    });
    project.provide("attacked", { dataDir: instance.dataDir, environment: environmentOf(url, instance.baseUrl) });
    return async () => {
      await instance.stop();
      await outsider.stop();
      await stopPostgres();
    };
  } catch (error) {
    await stopPostgres();
    throw error;
  }
}

function environmentOf(databaseUrl: string, baseUrl: string): Record<string, string> {
  return { ...secrets, DATABASE_URL: databaseUrl, HOLDPOINT_BASE_URL: baseUrl, LOG_LEVEL: "silent" };
}
