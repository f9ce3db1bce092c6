import { freePort } from "@/scripts/postgres/free-port";
import { bundleEntry } from "./bundle.testkit";
import { createChildren, type Child, type Children } from "./children.testkit";

export interface WebProcess extends Child {
  baseUrl: string;
}

export interface WebProcesses extends Pick<Children, "crashes" | "ended" | "close"> {
  /** Resolves when the process answers. */
  start(): Promise<WebProcess>;
  /** Addresses of those that were not killed, as a balancer in front of them knows them. */
  addresses(): string[];
}

/** Real web processes beside each other on one database: `server/web.ts`, without the pages. */
export async function createWebProcesses(databaseUrl: string): Promise<WebProcesses> {
  const bundle = await bundleEntry("server/web.ts", { next: "inngest/faults/no-pages.testkit.ts" });
  const children = createChildren("web process", databaseUrl);
  const serving = new Set<string>();
  return {
    crashes: children.crashes,
    ended: children.ended,
    addresses: () => [...serving],
    async start() {
      const port = await freePort();
      const baseUrl = `http://127.0.0.1:${String(port)}`;
      const child = await children.start(bundle.file, { PORT: String(port), HOLDPOINT_BASE_URL: baseUrl }, () =>
        answers(baseUrl),
      );
      serving.add(baseUrl);
      return {
        ...child,
        baseUrl,
        kill: () => {
          serving.delete(baseUrl);
          return child.kill();
        },
      };
    },
    async close() {
      await children.close();
      bundle.remove();
    },
  };
}

const answers = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/api/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
