import { isJsonObject } from "@/core/json-guard";
import type { RateState } from "@/server/http/rate-limit";
import type { Route } from "./route";

/** What every answer carries beside its body. */
export async function withHeaders(
  response: Response,
  facts: { requestId: string; route: Route | null; rate: RateState | null; path: string },
): Promise<Response> {
  const { requestId, route, rate, path } = facts;
  response.headers.set("x-request-id", requestId);
  if (response.status === 401) response.headers.set("www-authenticate", 'Bearer realm="Holdpoint"');
  if (rate !== null) {
    response.headers.set("ratelimit-limit", String(rate.limit));
    response.headers.set("ratelimit-remaining", String(rate.remaining));
    response.headers.set("ratelimit-reset", String(rate.resetSeconds));
  }
  if (route?.status === 201 && response.status === 201) {
    // From the answer, so that a repeat under the same Idempotency-Key says the same.
    const id = idOf(await response.clone().json());
    if (id !== null) response.headers.set("location", `${route.madeAt ?? path}/${encodeURIComponent(id)}`);
  }
  return response;
}

/** Of what was made: `id` of a bare object, of the one thing in `data` otherwise. */
function idOf(body: unknown): string | null {
  if (!isJsonObject(body)) return null;
  if (typeof body["id"] === "string") return body["id"];
  const inside = isJsonObject(body["data"]) ? Object.values(body["data"]).find(isJsonObject) : undefined;
  return typeof inside?.["id"] === "string" ? inside["id"] : null;
}
