import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { amlRoutes } from "./aml";
import { createCallLedger, type CallLedger, type LedgerEntry } from "./call-ledger";
import { identityRoutes } from "./identity";
import { messagingRoutes } from "./messaging";
import { refuse, sandboxServices, type SandboxAnswer, type SandboxRoute, type SandboxService } from "./route";
import { scenarioOf } from "./scenario";
import { shopifyRoutes } from "./shopify";
import { stripeRoutes } from "./stripe";

/** The third parties of the demo: real HTTP, made-up data, the same answer for the same question. */
export interface Sandbox {
  /** `path` is what follows `/api/sandbox`, e.g. `/stripe/v1/invoices/create_preview`. */
  handle(request: Request, path: string): Promise<Response>;
}

export interface SandboxOptions {
  /** Tokens are derived from this; see `sandboxToken`. */
  secret: string;
  now?: () => number;
}

const routes: readonly SandboxRoute[] = [
  ...identityRoutes,
  ...amlRoutes,
  ...stripeRoutes,
  ...shopifyRoutes,
  ...messagingRoutes,
];
const maxBodyBytes = 1_000_000;
/** Lists what arrived. Who may read it is decided before. */
export const callsPath = "/_calls";

/** The bearer token that a service of the sandbox asks for; the seed puts it into the connection. */
export function sandboxToken(secret: string, service: SandboxService): string {
  return `sbx_${createHmac("sha256", secret).update(`sandbox:${service}`).digest("base64url")}`;
}

export function createSandbox({ secret, now = Date.now }: SandboxOptions): Sandbox {
  const ledger = createCallLedger();
  return {
    async handle(request, path) {
      if (path === callsPath) return countCalls(ledger, new URL(request.url).searchParams.get("key"));
      const [, service = "", ...rest] = path.split("/");
      if (!isService(service)) return reply(refuse(404, "There is no such service in the sandbox"));
      if (!isBearer(request, sandboxToken(secret, service)))
        return reply(refuse(401, "A valid bearer token is needed"));
      const inner = `/${rest.join("/")}`;
      const matching = routes.filter((route) => route.service === service && route.pattern.test(inner));
      const route = matching.find(({ method }) => method === request.method);
      if (!route)
        return reply(
          matching.length > 0
            ? refuse(405, "The method is not allowed here")
            : refuse(404, "There is nothing at this path"),
        );
      const text = await request.text();
      if (text.length > maxBodyBytes) return reply(refuse(413, "The body is too large"));
      const body = parse(text);
      if (!body) return reply(refuse(400, "The body is not a JSON object"));

      const { searchParams: query } = new URL(request.url);
      const key = request.headers.get("idempotency-key") ?? randomUUID();
      const requestText = `${inner}?${query.toString()} ${text}`;
      const entry = ledger.arrive({ key, service, method: request.method, path: inner, requestText });
      const scenario = scenarioOf(`${decoded(inner)} ${query.toString()} ${text}`, service);
      if (scenario.delayMs > 0) await pause(scenario.delayMs, request.signal);
      if (scenario.outage || entry.physical <= scenario.failures)
        return reply(refuse(503, "The service is out of order"), { "retry-after": "1" });
      const params = Object.fromEntries(
        Object.entries(route.pattern.exec(inner)?.groups ?? {}).map(([name, value]) => [name, decoded(value)]),
      );
      return reply(
        settled(ledger, entry, requestText, () => route.answer({ body, query, params, callId: key, now: now() })),
      );
    },
  };
}

/** The stored answer where this key was used before; otherwise it is done now, once. */
function settled(
  ledger: CallLedger,
  entry: LedgerEntry,
  requestText: string,
  answer: () => SandboxAnswer,
): SandboxAnswer {
  if (entry.requestText !== requestText) return refuse(409, "This idempotency key was used for another request");
  if (entry.answer) return entry.answer;
  const fresh = answer();
  ledger.settle(entry, fresh);
  return fresh;
}

function countCalls(ledger: CallLedger, key: string | null): Response {
  const calls = ledger.find(key).map(({ key: ownKey, service, method, path, physical, logical }) => ({
    key: ownKey,
    service,
    method,
    path,
    physical,
    logical,
  }));
  const sum = (field: "physical" | "logical"): number => calls.reduce((total, call) => total + call[field], 0);
  return reply({ status: 200, body: { physical: sum("physical"), logical: sum("logical"), calls: calls.slice(-200) } });
}

function reply({ status, body }: SandboxAnswer, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

function parse(text: string): JsonObject | null {
  if (text === "") return {};
  try {
    // JSON.parse of a text gives JSON values only.
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Percent-decoded where that is possible. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isService(name: string): name is SandboxService {
  return sandboxServices.some((service) => service === name);
}

function isBearer(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.get("authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
