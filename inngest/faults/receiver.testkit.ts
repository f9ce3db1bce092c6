import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGate } from "@/inngest/embedded/probe.testkit";

/** The service that all steps call. It counts by idempotency key, as a receiver does that acts once for each. */
export interface Receiver {
  baseUrl: string;
  /** How often each key was called. */
  calls: ReadonlyMap<string, number>;
  /** Keys that were called while a call with the same key was still open. */
  overlaps: string[];
  /** Resolves when every call that was sent before has been counted. */
  heard(): Promise<void>;
  /** Resolves when `count` calls have come in all. */
  reaches(count: number): Promise<void>;
  /** Calls to `/held/…` are answered from now on. */
  release(): void;
  close(): Promise<void>;
}

/** How long a call takes, so that some are always under way. */
const latencyMs = 15;

export async function createReceiver(): Promise<Receiver> {
  const calls = new Map<string, number>();
  const open = new Map<string, number>();
  const overlaps: string[] = [];
  const gate = createGate();
  let total = 0;
  let waiting: { count: number; resolve(): void }[] = [];

  const server = createServer((request, response) => {
    if (request.url === "/heard") {
      response.end();
      return;
    }
    const key = String(request.headers["idempotency-key"]);
    calls.set(key, (calls.get(key) ?? 0) + 1);
    if ((open.get(key) ?? 0) > 0) overlaps.push(key);
    open.set(key, (open.get(key) ?? 0) + 1);
    // Also when the caller dies.
    response.once("close", () => open.set(key, (open.get(key) ?? 1) - 1));
    total += 1;
    waiting = waiting.filter(({ count, resolve }) => total < count || (resolve(), false));
    request.resume();
    const answer = (): void => {
      if (response.destroyed) return;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ key }));
    };
    if (request.url?.startsWith("/held/")) void gate.opened.then(answer);
    else setTimeout(answer, latencyMs);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    baseUrl,
    // One round may be answered before a call whose bytes came first; the next one is not.
    heard: async () => {
      for (let round = 0; round < 2; round += 1) await fetch(`${baseUrl}/heard`);
    },
    calls,
    overlaps,
    reaches: (count) =>
      total >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    release: gate.open,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
