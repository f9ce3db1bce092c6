import { readFileSync } from "node:fs";
import { inject } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { closePrisma } from "@/server/db/client";
import { closePools, hotPool } from "@/server/db/pools";
import { forgetEnv } from "@/server/env";
import { attachInstance, type Instance } from "@/tests/instance";

export interface Answer {
  status: number;
  text: string;
  headers: Headers;
  ms: number;
}

export interface Attacked {
  product: Omit<Instance, "stop">;
  /** An organization of this file alone, with one member of each role. */
  organization: TestOrganization;
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** A tRPC call with a cookie; a query when it is `GET`. */
  trpc(method: "GET" | "POST", procedure: string, input: unknown, cookie?: string): Promise<Answer>;
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Memory of the web process in MB. */
  memory(): number;
  close(): Promise<void>;
}

export interface SendOptions {
  body?: string | Uint8Array<ArrayBuffer>;
  key?: string | null;
  headers?: Record<string, string>;
}

const hangMs = 90_000;
let made = 0;

/** The running product, and somebody to attack it. A process that dies on the way fails the test: `unharmed` says so. */
export async function attack(name: string): Promise<Attacked> {
  const { dataDir, environment } = inject("attacked");
  Object.assign(process.env, environment);
  forgetEnv();
  const product = attachInstance(dataDir);
  const organization = await createTestOrganization(`${name}-${(made += 1)}-${process.pid}`);

  const send = async (method: string, path: string, options: SendOptions = {}): Promise<Answer> => {
    const key = options.key === undefined ? organization.members.owner.apiKey : options.key;
    const started = performance.now();
    const response = await fetch(`${product.baseUrl}${path}`, {
      method,
      redirect: "manual",
      // Nothing takes this long but a hang, and the log of the test names its case.
      signal: AbortSignal.timeout(hangMs),
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: options.body }),
    });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, ms: performance.now() - started };
  };

  return {
    product,
    organization,
    send,
    trpc: (method, procedure, input, cookie) => {
      const text = typeof input === "string" ? input : JSON.stringify(input);
      const query = method === "GET" ? `?input=${encodeURIComponent(text)}` : "";
      return send(method, `/api/trpc/${procedure}${query}`, {
        key: null,
        ...(method === "GET" ? {} : { body: text }),
        headers: { "sec-fetch-site": "same-origin", ...(cookie === undefined ? {} : { cookie }) },
      });
    },
    rows: async <Row extends object>(sql: string, values: unknown[] = []) =>
      (await hotPool().query<Row>(sql, values)).rows,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${product.pid("web")}/status`, "utf8"))?.[1] ?? 0) / 1024,
    close: async () => {
      await closePools();
      await closePrisma();
    },
  };
}

/** The processes that are running, to be compared afterwards: one that was started again has died on the way. */
export function processesOf({ product }: Attacked): { web: number; worker: number } {
  return { web: product.pid("web"), worker: product.pid("worker") };
}
