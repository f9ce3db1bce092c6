import { AsyncLocalStorage } from "node:async_hooks";
import * as nextAuth from "next-auth";
import { NextRequest } from "next/server";
import { AppError } from "@/core/errors";
import { requireAdmissible } from "@/server/http/admissible";
import { parseJsonBody, readBytes } from "@/server/http/read-body";
import { errorResponse } from "@/server/http/respond";
import { clientAddress } from "./client-address";
import { deviceCookie } from "./known-devices";
import { authOptions, type SignInNotes } from "./options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };
type AuthRoute = (request: Request, context: RouteContext) => Promise<Response>;

/** An e-mail address, a password and an address to go on to. */
const maxBodyBytes = 16_000;

const notes = new AsyncLocalStorage<SignInNotes>();

let route: AuthRoute | undefined;

/** Serves /api/auth/*. */
export async function handleAuth(request: Request, context: RouteContext): Promise<Response> {
  try {
    // next-auth lets browsers write into the server's log there, and nobody asks who they are.
    if ((await context.params).nextauth[0] === "_log")
      throw new AppError("not_found", "There is nothing at this address.");
    const admitted = await admit(request);
    route ??= createRoute();
    const address = clientAddress((name) => request.headers.get(name));
    const attempt: SignInNotes = { refusal: null, newDeviceToken: null, address };
    return withNotes(await notes.run(attempt, route, admitted, context), attempt);
  } catch (error) {
    return errorResponse(error, crypto.randomUUID());
  }
}

/** The same request, once its query and body may come in: next-auth reads a body of any size and fails on one that is broken. */
async function admit(request: Request): Promise<NextRequest> {
  const { url, method, headers, signal } = request;
  requireAdmissible(Object.fromEntries(new URL(url).searchParams), "query");
  if (method !== "POST") return new NextRequest(url, { method, headers, signal });
  const bytes = await readBytes(request, maxBodyBytes);
  const type = headers.get("content-type");
  requireAdmissible(
    type?.includes("application/x-www-form-urlencoded")
      ? Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)))
      : parseJsonBody(bytes, type),
  );
  return new NextRequest(url, { method, headers, signal, body: new Uint8Array(bytes) });
}

function createRoute(): AuthRoute {
  const options = authOptions(
    (noted) => {
      Object.assign(notes.getStore() ?? {}, noted);
    },
    () => notes.getStore()?.address ?? null,
  );
  // A CommonJS package: some bundlers give its exports, some the default one of them.
  const create: unknown =
    typeof nextAuth.default === "function" ? nextAuth.default : Reflect.get(nextAuth.default, "default");
  // next-auth types its handler as `any`.
  return (create as (options: ReturnType<typeof authOptions>) => AuthRoute)(options);
}

function withNotes(response: Response, { refusal, newDeviceToken }: SignInNotes): Response {
  if (!refusal && newDeviceToken === null) return response;
  const headers = new Headers(response.headers);
  const wait = refusal?.extra["retryAfterSeconds"];
  if (typeof wait === "number") headers.set("retry-after", String(wait));
  if (newDeviceToken !== null) headers.append("set-cookie", deviceCookie(newDeviceToken));
  return new Response(response.body, { status: refusal?.status ?? response.status, headers });
}
