import { createServer, type Server } from "node:http";
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { findAction } from "@/connectors/definitions";
import type { JsonObject } from "@/core/json";
import type { ConnectionPort } from "@/core/ports";
import { createConnectionPort } from "@/server/integrations/connections-port";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { connectionContext, createKeyRing } from "@/server/integrations/secrets/key-ring";
import { serviceCallDefinition } from "@/steps/service_call/definition";
import { executeServiceCall } from "@/steps/service_call/execute";
import { stepContext } from "@/steps/step-context.testkit";
import { toolCallDefinition } from "@/steps/tool_call/definition";
import { createToolCall } from "@/steps/tool_call/execute";
import type { sandboxServices } from "./route";
import { createSandbox, sandboxToken } from "./sandbox";

export const secret = "test-secret";

export const sandbox = createSandbox({ secret });

const keyRing = createKeyRing(`k:${randomBytes(32).toString("base64")}`);

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
let server: Server;
export let origin: string;
let httpClient: ReturnType<typeof createHttpClient>;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const url = new URL(incoming.url ?? "/", origin);
      const headers = new Headers(
        Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const hasBody = incoming.method === "POST";
      const request = new Request(url, {
        method: incoming.method ?? "GET",
        headers,
        ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
      });
      void sandbox.handle(request, url.pathname.replace(/^\/api\/sandbox/, "")).then(async (answer) => {
        outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  httpClient = createHttpClient({ privateHosts: parsePrivateHosts([], [origin]) });
});

afterAll(async () => {
  await httpClient.close();
  await new Promise((resolve) => server.close(resolve));
});

/** The same way as in the product: connection, injected token, guarded client, real HTTP. */
export function connections(
  idempotencyKey: string,
  token = (service: string): string => sandboxToken(secret, service as (typeof sandboxServices)[number]),
): ConnectionPort {
  return createConnectionPort({
    loadConnection: (organizationId, slug) =>
      Promise.resolve({
        id: slug,
        organizationId,
        slug,
        connector: slug,
        baseUrl: `${origin}/api/sandbox/${slug}`,
        authType: "bearer",
        secretSealed: keyRing.seal(
          JSON.stringify({ type: "bearer", token: token(slug) }),
          connectionContext(organizationId, slug),
        ),
      }),
    httpClient,
    keyRing,
    clock: { now: () => 0 },
    onReceipt: () => undefined,
    call: { organizationId: "org", runId: "run", stepKey: "step", attempt: 1, idempotencyKey },
  });
}

export const call = async (key: string, tool: string, input: JsonObject) => {
  const { context } = stepContext(toolCallDefinition, { tool, input });
  return createToolCall(findAction).execute({ ...context, ports: { ...context.ports, connections: connections(key) } });
};

export const service = async (key: string, slug: string, path: string, body: JsonObject) => {
  const { context } = stepContext(serviceCallDefinition, { service: slug, method: "POST", path, body });
  return executeServiceCall.execute({ ...context, ports: { ...context.ports, connections: connections(key) } });
};

export const counted = async (key: string): Promise<unknown> =>
  await httpClient.send({
    kind: "connection",
    method: "GET",
    url: `${origin}/api/sandbox/_calls?key=${encodeURIComponent(key)}`,
    timeoutMs: 5000,
  });
