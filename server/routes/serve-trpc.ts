import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { maxBatchedCalls } from "@/core/contracts/trpc-wire";
import { AppError } from "@/core/errors";
import { clientAddress } from "@/server/auth/client-address";
import { refuseForeign, requireSameOrigin } from "@/server/auth/same-origin";
import { actorFromCookies } from "@/server/auth/session";
import { seenFrom } from "@/server/db/tenant";
import { admitDocument } from "@/server/http/allowances";
import { requireFewValues } from "@/server/http/admissible";
import { readBytes, requireExact } from "@/server/http/read-body";
import { errorResponse } from "@/server/http/respond";
import { appRouter } from "./root";
import { logTrpcError } from "@/server/api/trpc-error";

const endpoint = "/api/trpc";
const maxBodyBytes = 4_000_000;
/** Of people who are not signed in: customers and those who fill in a public form. */
const maxPublicBodyBytes = 64_000;

/** Serves the browser's procedures. Only the session counts here; API keys use REST. */
export async function serveTrpc(request: Request): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    if (request.method !== "GET") requireSameOrigin(request.headers);
    else refuseForeign(request.headers);
    const address = clientAddress((name) => request.headers.get(name));
    const signedIn = await actorFromCookies(request.headers.get("cookie"));
    const actor = signedIn === null ? null : seenFrom(signedIn, address);
    const cookies: string[] = [];
    const response = await fetchRequestHandler({
      endpoint,
      req: request.method === "GET" ? request : await readWhole(request, actor?.organizationId ?? null),
      router: appRouter,
      // Our own pages ask with POST.
      allowMethodOverride: true,
      maxBatchSize: maxBatchedCalls,
      createContext: () => ({
        actor,
        address,
        requestId,
        method: request.method,
        cookies: request.headers.get("cookie"),
        setCookie: (header) => cookies.push(header),
      }),
      onError: ({ error, path }) => {
        logTrpcError(error, path, requestId);
      },
    });
    for (const cookie of cookies) response.headers.append("set-cookie", cookie);
    // What a person sees is theirs alone; a live stream says so itself.
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    return response;
  } catch (error) {
    return errorResponse(error, requestId);
  }
}

/** The same request with its body read: counted on the way, because a sender need not say how long it is. */
async function readWhole(request: Request, organizationId: string | null): Promise<Request> {
  // Everything else would reach procedures as a stream or a form, past what checks JSON.
  if (!/^application\/json *(?:;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new AppError(
      "unsupported_media_type",
      "Send the request as JSON, with the header Content-Type: application/json.",
    );
  const { url, method, headers, signal } = request;
  const bytes = await readBytes(request, organizationId === null ? maxPublicBodyBytes : maxBodyBytes);
  // So much only a workflow has.
  if (organizationId !== null) admitDocument(organizationId, bytes.length);
  requireFewValues(bytes);
  const value = requireExact(new TextDecoder().decode(bytes));
  const whole = new Request(url, { method, headers, signal, body: new Uint8Array(bytes) });
  // It is parsed already, and a large one takes long enough to be noticed by others.
  whole.json = () => Promise.resolve(value);
  return whole;
}
