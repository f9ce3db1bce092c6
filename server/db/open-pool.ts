import pg from "pg";
import { env } from "@/server/env";
import { logger } from "@/server/logger";

/** A pool whose connections may be cut at any moment (a restart of the server): what was being asked fails, the process goes on. */
export function openPool(max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max, application_name: "holdpoint" });
  pool.on("error", (error) => logger().warn({ err: error }, "database connection lost"));
  // The pool listens to idle connections only; one that is cut between two statements of its user would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
