import type { ConnectionTest } from "@/core/contracts/connection";
import { newId } from "@/core/ids";
import { keyRing } from "@/server/auth/key-ring";
import { env } from "@/server/env";
import { createConnectionPort, type ConnectionRecord } from "@/server/integrations/connections-port";
import { createHttpClient, type HttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";

const timeoutMs = 10_000;

let client: HttpClient | undefined;

/** Asks the service for `path`, with its credentials and behind the same guard as a workflow's calls. */
export async function probeConnection(connection: ConnectionRecord, path: string): Promise<ConnectionTest> {
  client ??= createHttpClient({
    privateHosts: parsePrivateHosts(
      env().HOLDPOINT_ALLOW_PRIVATE_HOSTS,
      env().HOLDPOINT_DEMO ? [new URL(env().HOLDPOINT_BASE_URL).origin] : [],
    ),
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
  return { ok: !isRefusal(status), status, duration_ms, message: describe(status) };
}

/** 404 and the like prove that the service is there and let us in. */
function isRefusal(status: number): boolean {
  return status === 401 || status === 403 || status >= 500;
}

function describe(status: number): string {
  if (status === 401 || status === 403) return `The service refused the credentials (${status}). Enter them again.`;
  if (status >= 500) return `The service answered with an error of its own (${status}). Try again later.`;
  return `The service answered (${status}).`;
}
