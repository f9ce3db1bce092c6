import { AppError } from "@/core/errors";
import { actorFromApiKey } from "@/server/auth/api-key";
import { actorFromCookies } from "@/server/auth/session";
import { clientAddress } from "@/server/auth/client-address";
import { seenFrom, type UserActor } from "@/server/db/tenant";
import { refuseForeignScripts, requireSameOrigin } from "@/server/auth/same-origin";

/** A living API key, or the browser's session. A bad key is refused even when there is a session beside it. */
export async function authenticate(request: Request): Promise<UserActor> {
  const authorization = request.headers.get("authorization");
  const address = clientAddress((name) => request.headers.get(name));
  if (authorization !== null) return seenFrom(await actorFromApiKey(authorization), address);
  const actor = await actorFromCookies(request.headers.get("cookie"));
  if (!actor)
    throw new AppError("unauthenticated", "Sign in, or send an API key in the header Authorization: Bearer hp_….");
  const isRead = request.method === "GET" || request.method === "HEAD";
  (isRead ? refuseForeignScripts : requireSameOrigin)(request.headers);
  return seenFrom(actor, address);
}
