import { z } from "zod";
import { env } from "@/server/env";
import { openApiDocument } from "./openapi";
import { definePublicRoute, type Route } from "./route";

/** GET /api/openapi.json over the whole table, itself included. */
export function referenceRoute(others: readonly Route[]): Route {
  const route = definePublicRoute({
    method: "GET",
    path: "/api/openapi.json",
    summary: "This API as an OpenAPI 3.1 document.",
    response: z.looseObject({ openapi: z.string() }),
    handler: () => Promise.resolve({ body: document() }),
  });
  let cached: ReturnType<typeof openApiDocument> | undefined;
  const document = (): { openapi: string } => ({
    ...(cached ??= openApiDocument([...others, route], env().HOLDPOINT_BASE_URL, env().HOLDPOINT_VERSION)),
    openapi: "3.1.0",
  });
  return route;
}
