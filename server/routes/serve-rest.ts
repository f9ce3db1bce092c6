import { handleRest } from "@/server/api/rest/handle";
import { restRouter } from "./rest";

/** Web request in, web response out: for the Next route handler and for a bare HTTP listener alike. */
export function serveRest(request: Request): Promise<Response> {
  return handleRest(request, restRouter());
}
