import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { appRole } from "../db/app-role";
import { freePort } from "./free-port";
import { initialise } from "./initialise";
import { refuseOtherMajor } from "./major-version";
import { own, ownTree } from "./own";
import { clearPostmasterLock, readPostmasterLock } from "./postmaster-lock";
import { durableSettings, throwawaySettings } from "./settings";
import { programAs } from "./program-as";
import { reachableBinaries } from "./reachable-binaries";
import { postgresSystemUser } from "./system-user";
import type { SystemUser } from "./system-user";

export interface Cluster {
  port: number;
  pid: number;
  /** Connection string of a database of this cluster over TCP on loopback, as its superuser `holdpoint` or as the product's role. */
  url(database: string, role?: typeof appRole): string;
  /** What the product's role is to have; a file beside the superuser's. */
  appPassword: string;
  /** Settles when the server is gone, whoever ended it. */
  exited: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed stays. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Folder of this cluster; created and initialised when empty. */
  dir: string;
  /** Default: any free port. */
  port?: number;
  /** `throwaway` trades durability for speed and is for tests only. */
  kind: "durable" | "throwaway";
  /** Further settings of the server, for measuring it. */
  settings?: Record<string, string>;
}

const superuser = "holdpoint";

/** Starts the PostgreSQL that npm installed, on loopback only. Resolves when it accepts connections. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dir = resolve(options.dir);
  const data = join(dir, "data");
  const user = postgresSystemUser();
  mkdirSync(data, { recursive: true, mode: 0o700 });
  own(dir, user);
  ownTree(data, user);
  const password = ensurePassword(join(dir, "password"));
  const appPassword = ensurePassword(join(dir, "app-password"));
  if (readdirSync(data).length === 0)
    initialise({ data, superuser, password, user, durable: options.kind === "durable" });
  refuseOtherMajor(data);
  await clearPostmasterLock(data);

  const port = options.port ?? (await freePort());
  const sockets = mkdtempSync(join(tmpdir(), "holdpoint-pg-"));
  own(sockets, user);
  const server = spawnServer({ ...options, data, port, sockets, user, log: join(dir, "postgres.log") });
  const exited = new Promise<void>((settle) => {
    server.once("exit", () => {
      rmSync(sockets, { recursive: true, force: true });
      settle();
    });
  });
  await ready(server, data, join(dir, "postgres.log"));
  return {
    port,
    pid: server.pid ?? 0,
    url: (database, role) =>
      `postgresql://${role ?? superuser}:${role ? appPassword : password}@127.0.0.1:${port}/${database}`,
    appPassword,
    exited,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) server.kill("SIGINT");
      await exited;
    },
  };
}

function ensurePassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

/**
 * For glibc: memory that a statement gave back is kept for the next one. By itself it goes back to the system after each, which costs
 * a connection of the hot path a third of its time or more. Elsewhere nobody reads these.
 */
const keptMemory = {
  MALLOC_TRIM_THRESHOLD_: String(256 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(4 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(64 * 1024 * 1024),
};

interface ServerOptions extends Pick<ClusterOptions, "kind" | "settings"> {
  data: string;
  port: number;
  sockets: string;
  user: SystemUser;
  log: string;
}

function spawnServer({ data, port, sockets, user, log, kind, settings: more }: ServerOptions): ChildProcess {
  const settings = {
    ...(kind === "durable" ? durableSettings : throwawaySettings),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: process.platform === "win32" ? "" : sockets,
    ...more,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(log, "w", 0o600);
  try {
    // Detached: Ctrl-C in the terminal must reach the supervisor only, which stops PostgreSQL last.
    const program = programAs(user, reachableBinaries(user).postgres, ["-D", data, "-p", String(port), ...flags], data);
    return spawn(program.file, program.args, {
      ...program.user,
      cwd: data,
      env: { ...keptMemory, ...process.env },
      detached: true,
      stdio: ["ignore", output, output],
    });
  } finally {
    closeSync(output);
  }
}

async function ready(server: ChildProcess, data: string, log: string): Promise<void> {
  let failure: Error | undefined;
  server.once("error", (error) => {
    failure = error;
  });
  // Crash recovery after a power cut may take minutes; only a server that ends is an error.
  while (server.exitCode === null && server.signalCode === null && !failure) {
    const lock = readPostmasterLock(data);
    if (lock?.pid === server.pid && lock?.ready) return;
    await delay(10);
  }
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" ") : "";
  throw new Error(`PostgreSQL did not start: ${failure?.message ?? lines}`);
}
