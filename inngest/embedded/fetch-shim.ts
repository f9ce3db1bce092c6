import type { Json, JsonObject } from "@/core/json";
import type { CheckpointBody } from "./checkpoints";

/** An event as the SDK's `send` posts it. */
export interface SentEvent {
  name: string;
  data?: JsonObject;
  id?: string;
  ts?: number;
}

/** What the SDK's outgoing calls reach. */
export interface ShimTarget {
  /** Persists before it resolves. `seed` makes a repeated post of the same events harmless. */
  sendEvents(events: readonly SentEvent[], seed?: string): Promise<string[]>;
  checkpoint(body: CheckpointBody): Promise<boolean>;
  /** The run that took the signal, or null when nobody waits for it. */
  signal(signal: string, data: Json): Promise<string | null>;
}

export type FetchShim = typeof fetch & { bind(target: ShimTarget): void };

interface Request {
  target: ShimTarget;
  path: string;
  headers: Headers;
  body: string;
}

/** Given to the Inngest client as `fetch`: every call that the SDK makes stays in this process. */
export function createFetchShim(): FetchShim {
  let target: ShimTarget | undefined;
  const shim = async (input: string | URL | Request | globalThis.Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(typeof input === "string" || input instanceof URL ? input : "url" in input ? input.url : "")
      .pathname;
    if (!target)
      throw new Error(
        `The embedded executor is not running in this process, so ${path} cannot be served. Start it and bind it to the fetch shim first.`,
      );
    const route = routes.find(([pattern]) => pattern.test(path));
    if (!route) return Response.json({ error: `The embedded executor does not offer ${path}.` }, { status: 404 });
    return await route[1]({
      target,
      path,
      headers: new Headers(init?.headers),
      body: typeof init?.body === "string" ? init.body : "",
    });
  };
  // `bind` hides Function.prototype.bind on purpose: nobody binds `this` of a fetch.
  return Object.assign(shim, { bind: (bound: ShimTarget) => void (target = bound) });
}

const routes: [RegExp, (request: Request) => Promise<Response>][] = [
  [
    /^\/v1\/checkpoint\/[^/]+\/async$/,
    async ({ target, body }) =>
      new Response(null, { status: (await target.checkpoint(JSON.parse(body) as CheckpointBody)) ? 200 : 409 }),
  ],
  [/^\/e\//, sendEvents],
  [/^\/v1\/signals$/, sendSignal],
  [/^\/fn\/register$/, () => Promise.resolve(Response.json({ ok: true, modified: false }))],
  [/^\/v1\/runs\/[^/]+\/metadata$/, () => Promise.resolve(Response.json({}))],
];

async function sendEvents({ target, headers, body }: Request): Promise<Response> {
  const parsed = JSON.parse(body) as SentEvent | SentEvent[];
  const events = Array.isArray(parsed) ? parsed : [parsed];
  try {
    const ids = await target.sendEvents(events, headers.get("x-inngest-event-id-seed") ?? undefined);
    return Response.json({ ids, status: 200 });
  } catch (error) {
    return Response.json(
      { error: error instanceof Error ? error.message : String(error), status: 400 },
      { status: 400 },
    );
  }
}

async function sendSignal({ target, body }: Request): Promise<Response> {
  const { signal, data } = JSON.parse(body) as { signal: string; data?: Json };
  const run = await target.signal(signal, data ?? null);
  return run === null
    ? Response.json({ error: "Nobody waits for this signal.", status: 404 }, { status: 404 })
    : Response.json({ data: { run_id: run } });
}
