import { AsyncLocalStorage } from "node:async_hooks";
import * as nextAuth from "next-auth";
import type { AppError } from "@/core/errors";
import { authOptions } from "./options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };
type AuthRoute = (request: Request, context: RouteContext) => Promise<Response>;

/** What a try was refused with: next-auth itself knows only "signed in" and "error". */
const refusals = new AsyncLocalStorage<{ refusal: AppError | null }>();

let route: AuthRoute | undefined;

/** Serves /api/auth/*. */
export async function handleAuth(request: Request, context: RouteContext): Promise<Response> {
  route ??= createRoute();
  const attempt: { refusal: AppError | null } = { refusal: null };
  const response = await refusals.run(attempt, route, request, context);
  return attempt.refusal ? withStatus(response, attempt.refusal) : response;
}

function createRoute(): AuthRoute {
  const options = authOptions((refusal) => {
    const attempt = refusals.getStore();
    if (attempt) attempt.refusal = refusal;
  });
  // A CommonJS package: some bundlers give its exports, some the default one of them.
  const create: unknown =
    typeof nextAuth.default === "function" ? nextAuth.default : Reflect.get(nextAuth.default, "default");
  // next-auth types its handler as `any`.
  return (create as (options: ReturnType<typeof authOptions>) => AuthRoute)(options);
}

function withStatus(response: Response, { status, extra }: AppError): Response {
  const headers = new Headers(response.headers);
  if (typeof extra["retryAfterSeconds"] === "number") headers.set("retry-after", String(extra["retryAfterSeconds"]));
  return new Response(response.body, { status, headers });
}
