import { AppError } from "@/core/errors";
import { clientAddress } from "@/server/auth/client-address";
import { countingGuesses } from "@/server/auth/token-guesses";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { noteRefusedAccess } from "@/server/api/refused-access";
import { jsonWithoutTokens } from "@/server/token-words";
import { requireAdmissible } from "@/server/http/admissible";
import { keptAsText } from "@/server/integrations/http/exact-json";
import { admitDocument } from "@/server/http/allowances";
import { withHeaders } from "./answer-headers";
import { authenticate } from "./authenticate";
import { answerOnce, readIdempotencyKey } from "./idempotency/once";
import { createRateLimiter, type RateState } from "@/server/http/rate-limit";
import { parseJsonBody, readBytes } from "@/server/http/read-body";
import type { RawQuery } from "./query";
import { throughStandingDoor } from "../standing-door";
import { errorResponse, jsonTextResponse } from "@/server/http/respond";
import { defaultBodyLimit, type Answer, type RawInput, type Route } from "./route";
import type { Router } from "./router";

const limiter = createRateLimiter({ perSecond: 1_000, burst: 2_000 });
const noBytes = new Uint8Array();

/** Answers any request under /api with the routes of the table. Never throws. */
export async function handleRest(request: Request, router: Router): Promise<Response> {
  const requestId = crypto.randomUUID();
  const seen: Seen = { route: null, rate: null };
  const answered = await answer(request, router, requestId, seen).catch((error: unknown) =>
    errorResponse(error, requestId),
  );
  const response = await withHeaders(answered, { ...seen, requestId, path: new URL(request.url).pathname });
  return request.method === "HEAD" ? new Response(null, response) : response;
}

/** What became known of a request on the way, for its headers. */
interface Seen {
  route: Route | null;
  rate: RateState | null;
}

async function answer(request: Request, router: Router, requestId: string, seen: Seen): Promise<Response> {
  const url = new URL(request.url);
  const match = router.match(request.method, url.pathname);
  if (match.kind === "none")
    throw new AppError("not_found", "There is nothing at this address. What there is stands in /api/openapi.json.");
  if (match.kind === "wrong_method") {
    const allowed = match.allowed.join(", ");
    return errorResponse(
      new AppError("method_not_allowed", `This address takes ${allowed}, not ${request.method}.`),
      requestId,
      { allow: allowed },
    );
  }
  const { route, params } = match;
  seen.route = route;
  const raw: RawInput = {
    params,
    query: readQuery(url),
    body: undefined,
    bytes: noBytes,
    warnings: [],
    request,
    requestId,
    idempotencyKey: null,
  };
  if (route.run.kind === "public") {
    seen.rate = limiter.take(`public ${url.pathname}`);
    // A made-up token would have a bucket of its own; the address it comes from is always the same.
    limiter.take(`from ${addressOf(request)}`);
    const { run } = route;
    const work = async (): Promise<Response> => {
      await run.proof?.(params);
      await readInto(raw, route);
      return respond(route, await run.call(raw));
    };
    return "token" in params ? countingGuesses(addressOf(request), "not_found", work) : work();
  }
  const { call } = route.run;
  const actor = await countingGuesses(addressOf(request), "invalid_credentials", () => authenticate(request));
  seen.rate = limiter.take(actor.id);
  try {
    if (route.scope !== null) requireScope(actor, route.scope);
    await readInto(raw, route);
    if (takesDocument(route)) admitDocument(actor.organizationId, raw.bytes.length);
    const act = { act: `${route.method} ${route.path}`, scope: route.scope };
    const work = (): Promise<Response> =>
      throughStandingDoor(actor, act, async () => respond(route, await call(raw, actor)));
    return await (route.idempotent ? onceIfAsked(raw, actor, route, work) : work());
  } catch (error) {
    if (error instanceof AppError) await noteRefusedAccess(actor, error, `${route.method} ${route.path}`);
    throw error;
  }
}

/** Routes that take whole workflows have a limit of their own, above the others'. */
function takesDocument({ bodyLimit }: Route): boolean {
  return bodyLimit > defaultBodyLimit;
}

function addressOf({ headers }: Request): string {
  return clientAddress((name) => headers.get(name));
}

async function onceIfAsked(
  raw: RawInput,
  actor: UserActor,
  { secretAnswer }: Route,
  work: () => Promise<Response>,
): Promise<Response> {
  const key = readIdempotencyKey(raw.request);
  if (key === null) return work();
  raw.idempotencyKey = `${actor.id} ${key}`;
  return answerOnce({ request: raw.request, actor, key, bytes: raw.bytes, secretAnswer }, work);
}

async function readInto(raw: RawInput, route: Route): Promise<void> {
  if (!route.schemas.body && !route.rawBody) return;
  raw.bytes = await readBytes(raw.request, route.bodyLimit);
  if (!route.schemas.body) return;
  // Whoever calls a public address sends what it always sends.
  const onKept = (paths: readonly string[]): void => {
    raw.warnings = keptAsText(paths);
  };
  const options = route.family === "public" ? { onKept } : {};
  raw.body = parseJsonBody(raw.bytes, raw.request.headers.get("content-type"), options);
}

function respond(route: Route, result: Answer<unknown> | Response): Response {
  if (result instanceof Response) return result;
  if (env().NODE_ENV === "test") checkContract(route, result);
  // Nothing to say is written as nothing.
  const text = (JSON.stringify(result.body) as string | undefined) ?? "";
  const shown = route.givesAddresses ? text : jsonWithoutTokens(text);
  return jsonTextResponse(result.status ?? route.status, shown, result.headers);
}

/** Tests fail when an answer is not what the reference says. */
function checkContract(route: Route, { body }: Answer<unknown>): void {
  const parsed = route.schemas.response.safeParse(body);
  if (!parsed.success)
    throw new Error(
      `${route.method} ${route.path} answered something its reference does not say: ${parsed.error.message}`,
    );
}

function readQuery(url: URL): RawQuery {
  if (url.search === "") return {};
  const names = [...new Set(url.searchParams.keys())];
  const query = Object.fromEntries(
    names.map((name) => {
      const values = url.searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
  requireAdmissible(query, "query");
  return query;
}
