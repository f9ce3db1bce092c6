import type { Pool } from "pg";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { retireApp } from "@/inngest/runtime/served-app.testkit";
import { freePort } from "@/scripts/postgres/free-port";
import { startBalancer } from "./balancer.testkit";
import type { WorkerKind } from "./fleet.testkit";

/** The product's app on every server; the tests have it to themselves, one after the other. */
const appId = "holdpoint";
/** A worker that says nothing for so long, ms, is not there. */
const silentMs = 2_000;

/** Workers that the real server calls, as many as there are behind one address; what it does with them is seen there. */
export async function servedWorkers(pool: Pool): Promise<WorkerKind> {
  const balancer = await startBalancer();
  return {
    async start(children, file, environment) {
      const port = await freePort();
      const says = (path: string): Promise<boolean> =>
        fetch(`http://127.0.0.1:${String(port)}${path}`, { signal: AbortSignal.timeout(silentMs) }).then(
          ({ ok }) => ok,
          () => false,
        );
      // The server calls as soon as it knows the functions.
      balancer.add(port);
      const settings = {
        ...environment,
        HOLDPOINT_WORKER_PORT: String(port),
        HOLDPOINT_WORKER_URL: balancer.url,
      };
      const child = await children.start(file, settings, () => says("/health"));
      const gone = async (ending: Promise<void>): Promise<void> => {
        await ending;
        balancer.remove(port);
      };
      return {
        ...child,
        kill: () => gone(child.kill()),
        stop: () => gone(child.stop()),
        isMissed: () => becomes(() => says("/health/live"), false),
        isBack: () => becomes(() => says("/health"), true),
        inHand: () => Promise.resolve(balancer.calls.inHand(port)),
      };
    },
    alive: async () => (await pool.query(aliveSql)).rowCount ?? 0,
    toCome: () => Promise.resolve(balancer.calls.toCome()),
    drivers: () => Promise.resolve(balancer.calls.drivers()),
    story: async () => (await pool.query<object>("select heartbeat_at, problem from inngest_workers")).rows,
    async close() {
      await retireApp(appId);
      await balancer.close();
    },
  };
}

async function becomes(look: () => Promise<boolean>, expected: boolean): Promise<void> {
  await eventually(look, (found) => found === expected);
}

/** As the health of the web process sees them. */
const aliveSql = "select 1 from inngest_workers where problem is null and heartbeat_at > now() - interval '10 seconds'";
