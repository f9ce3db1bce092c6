import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ownDatabase, type DatabaseAddresses } from "../db/addresses";
import { projectRoot } from "../db/project-files";
import { freePort, portIsFree } from "../postgres/free-port";
import { inngestServerOf, isLoopback } from "../../server/inngest-server";
import { dataDirectory } from "./data-directory";
import { given, inngestVariables } from "./given";
import { readRole, type Role } from "./role";

export interface StartSettings {
  host: string;
  port: number;
  baseUrl: string;
  dataDir: string;
  /** Addresses when somebody else runs the database, else undefined: the embedded one. */
  database: DatabaseAddresses | undefined;
  demo: boolean;
  version: string;
  role: Role;
  /** Where the worker listens for a real Inngest server; undefined when the embedded executor runs the steps. */
  workerPort: number | undefined;
}

/** What the environment (and an optional `.env`) asks for. Throws one sentence about what cannot be. */
export async function readSettings(): Promise<StartSettings> {
  const file = join(projectRoot, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  const role = readRole();
  refuseUnknownLogs();
  const host = given("HOST") ?? "127.0.0.1";
  // A machine that runs workers only serves no pages.
  const port = role === "worker" ? Number(given("PORT") ?? "3000") : await readPort("PORT", host, 3000);
  const embedded = inngestServerOf(inngestVariables()).kind === "embedded";
  const workerPort = embedded || role === "web" ? undefined : await readPort("HOLDPOINT_WORKER_PORT", host, 3001);
  const dataDir = dataDirectory();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = ownDatabase();
  const baseUrl = given("HOLDPOINT_BASE_URL") ?? given("NEXTAUTH_URL") ?? `http://${reachable(host)}:${port}`;
  return {
    host,
    port,
    baseUrl,
    dataDir,
    database,
    demo: readDemo(database === undefined && isLoopback(host) && isLoopback(baseUrl)),
    version: readVersion(),
    role,
    workerPort,
  };
}

/** An address on this machine that reaches a server bound to `host`. */
export function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

async function readPort(name: string, host: string, byDefault: number): Promise<number> {
  const text = given(name) ?? String(byDefault);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} is "${text}"; it must be a number from 0 to 65535.`);
  if (port === 0) return await freePort();
  if (await portIsFree(port, host)) return port;
  throw new Error(
    `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: ${name}=${port + 1} npm start`,
  );
}

function refuseUnknownLogs(): void {
  const value = given("HOLDPOINT_LOGS");
  if (value !== undefined && value !== "files" && value !== "stdout")
    throw new Error(`HOLDPOINT_LOGS is "${value}"; it must be "files" or "stdout".`);
}

function readDemo(byDefault: boolean): boolean {
  const value = given("HOLDPOINT_DEMO");
  if (value !== undefined && value !== "on" && value !== "off")
    throw new Error(`HOLDPOINT_DEMO is "${value}"; it must be "on" or "off".`);
  return value === undefined ? byDefault : value === "on";
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
