import type { IncomingMessage, ServerResponse } from "node:http";
import { maxFileBytes } from "@/core/file-types";
import { AppError } from "@/core/errors";
import { limitBody, refuse } from "./limit-body";

/** What some route here may take. Anything else, such as TRACE, is a mistake or a probe and reaches no framework. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** The most bytes that a body may have, by the beginning of its path; the first that fits counts. */
const bodyLimits: readonly (readonly [path: RegExp, bytes: number])[] = [
  // An e-mail address, a password and an address to go on to.
  [/^\/api\/auth(?:[/?]|$)/, 16_000],
  [/^\/api\/trpc(?:[/?]|$)/, 4_000_000],
  // Files; the routes hold each to what its question takes.
  [/^\/api\/(?:files|v1\/forms\/[^/?]+\/files)(?:[/?]|$)/, maxFileBytes],
  [/^\/api\/(?:hooks|callbacks|sandbox)(?:[/?]|$)/, 1_000_000],
  // Whole workflow documents; the routes set their own limits below this.
  [/^\/api\//, 3_000_000],
];
/** Pages take no bodies. */
const pageLimit = 64_000;

/**
 * The gate before every framework: it refuses (and answers) methods that nothing here takes, and bodies that are too large, by what
 * they declare and by what really comes. True: the request may go on.
 */
export function admitRequest(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = "GET", url = "/" } = request;
  if (!methods.has(method)) {
    refuse(request, response, new AppError("method_not_allowed", `No address here takes ${method.slice(0, 20)}.`));
    return false;
  }
  return limitBody(request, response, bodyLimits.find(([path]) => path.test(url))?.[1] ?? pageLimit);
}
