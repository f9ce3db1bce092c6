import { handleRest } from "./handle";
import { restRouter } from "./routes";

/** Web request in, web response out: for the Next route handler and for a bare HTTP listener alike. */
export function serveRest(request: Request): Promise<Response> {
  return handleRest(request, restRouter());
}
