import type { ConnectionTest } from "@/core/contracts/connection";
import { newId } from "@/core/ids";
import type { HttpResponse } from "@/core/ports";
import { cutText } from "@/core/storable-text";
import { keyRing } from "@/server/auth/key-ring";
import { createConnectionPort, type ConnectionRecord } from "@/server/integrations/connections-port";
import { createHttpClient, type HttpClient } from "@/server/integrations/http/http-client";
import { reachableHosts } from "@/server/integrations/http/reachable-hosts";
import { logger } from "@/server/logger";

const timeoutMs = 10_000;

let client: HttpClient | undefined;

/** Asks the service for `path`, with its credentials and behind the same guard as a workflow's calls. */
export async function probeConnection(connection: ConnectionRecord, path: string): Promise<ConnectionTest> {
  client ??= createHttpClient({
    privateHosts: reachableHosts(),
    onFailure: ({ error, ...call }) => logger().warn({ ...call, err: error }, "a connection test came to nothing"),
  });
  const id = newId();
  const port = createConnectionPort({
    loadConnection: () => Promise.resolve(connection),
    httpClient: client,
    keyRing: keyRing(),
    clock: { now: Date.now },
    onReceipt: () => undefined,
    call: {
      organizationId: connection.organizationId,
      runId: id,
      stepKey: "connection_test",
      attempt: 1,
      idempotencyKey: id,
    },
  });
  const startedAt = performance.now();
  const result = await port.request(connection.slug, { method: "GET", path, timeoutMs });
  const duration_ms = Math.round(performance.now() - startedAt);
  if ("error" in result) return { ok: false, status: null, duration_ms, message: result.error.message };
  const { status } = result.response;
  return { ok: isProof(status), status, duration_ms, message: describe(result.response, path) };
}

/** What proves that the service is there and lets us in; 400 and the like come after that. */
function isProof(status: number): boolean {
  return status < 500 && !(status >= 300 && status < 400 && status !== 304) && !unproven.has(status);
}

const unproven: ReadonlySet<number> = new Set([401, 403, 404, 407, 410]);

function describe({ status, headers }: HttpResponse, path: string): string {
  if (status === 404 || status === 410)
    return `The service is there, but has nothing at ${path} (${status}). That says nothing about the credentials: test with a path that exists.`;
  if (status >= 300 && status < 400 && status !== 304)
    return `The service has moved${headers["location"] === undefined ? "" : ` to ${cutText(headers["location"], 300)}`} (${status}). Redirects are not followed: enter the new base URL.`;
  if (status === 401 || status === 403) return `The service refused the credentials (${status}). Enter them again.`;
  if (status >= 500) return `The service answered with an error of its own (${status}). Try again later.`;
  return `The service answered (${status}).`;
}
