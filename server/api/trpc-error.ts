import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError, type ErrorCode } from "@/core/errors";
import { logger } from "@/server/logger";
import { validationFailed } from "@/server/http/validation-failed";
import { issueDetails } from "./rest/parse-input";

type TrpcCode = TRPCError["code"];

const codeOfStatus: Readonly<Record<number, TrpcCode>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  410: "NOT_FOUND",
  412: "PRECONDITION_FAILED",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** Refusals that tRPC itself makes before a procedure runs. */
const ownRefusals: Partial<Record<TrpcCode, [ErrorCode, string]>> = {
  NOT_FOUND: ["not_found", "There is nothing at this address."],
  METHOD_NOT_SUPPORTED: ["method_not_allowed", "Queries are asked with GET and changes are sent with POST."],
  PAYLOAD_TOO_LARGE: ["payload_too_large", "This request is too large."],
  UNSUPPORTED_MEDIA_TYPE: [
    "unsupported_media_type",
    "Send the request as JSON, with the header Content-Type: application/json.",
  ],
};

export function toTrpcError(refusal: AppError): TRPCError {
  return new TRPCError({
    code: codeOfStatus[refusal.status] ?? "INTERNAL_SERVER_ERROR",
    message: refusal.message,
    cause: refusal,
  });
}

/** What the caller may see of an error. A bug's own message stays here. */
export function refusalOf(error: TRPCError, requestId: string): AppError {
  if (error.cause instanceof AppError) return error.cause;
  if (error.cause instanceof ZodError && error.code === "BAD_REQUEST")
    return validationFailed(issueDetails(error.cause.issues));
  const own = ownRefusals[error.code];
  if (own) return new AppError(...own);
  if (error.code !== "INTERNAL_SERVER_ERROR") return new AppError("bad_request", "This request is not valid.");
  return new AppError(
    "internal",
    `Something went wrong on our side. Try again; if it stays, tell us the request id ${requestId}.`,
  );
}

/** Logs bugs, once. Refusals are no news. */
export function logTrpcError(error: TRPCError, path: string | undefined, requestId: string): void {
  if (error.code === "INTERNAL_SERVER_ERROR" && !(error.cause instanceof AppError))
    logger().error({ err: error.cause ?? error, path, requestId }, "procedure failed");
}
