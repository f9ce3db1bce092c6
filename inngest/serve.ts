import { serve } from "inngest/edge";
import { logger } from "@/server/logger";
import { createInngest } from "./client";
import { createFunctions } from "./functions/catalogue";
import { isEmbedded } from "./mode";

let handler: ((request: Request) => Promise<Response>) | undefined;

/** Where a real Inngest server calls the functions. With the embedded executor there is nothing here. */
export async function serveInngest(request: Request): Promise<Response> {
  if (isEmbedded())
    return Response.json({ error: { code: "not_found", message: "There is nothing here." } }, { status: 404 });
  handler ??= createHandler();
  return handler(request);
}

function createHandler(): (request: Request) => Promise<Response> {
  const client = createInngest({ logger: logger() });
  return serve({ client, functions: createFunctions(client) });
}
