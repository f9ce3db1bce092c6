import { AppError } from "@/core/errors";
import { logger } from "@/server/logger";

const noStore = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

export function jsonResponse(status: number, body: unknown, headers?: Record<string, string>): Response {
  return jsonTextResponse(status, JSON.stringify(body), headers);
}

/** The same, written already. */
export function jsonTextResponse(status: number, text: string, headers?: Record<string, string>): Response {
  return new Response(status === 204 ? null : text, {
    status,
    headers: headers ? { ...noStore, ...headers } : noStore,
  });
}

/** The one shape of refusals. Anything that is not an AppError is a bug: logged here, once, and told to nobody. */
export function errorResponse(error: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  const refusal = error instanceof AppError ? error : reportBug(error, requestId);
  const { retryAfterSeconds, ...extra } = refusal.extra;
  return jsonResponse(
    refusal.status,
    {
      error: {
        ...extra,
        code: refusal.code,
        message: refusal.message,
        details: refusal.details,
        requestId,
      },
    },
    {
      "x-request-id": requestId,
      ...(typeof retryAfterSeconds === "number" ? { "retry-after": String(retryAfterSeconds) } : {}),
      ...headers,
    },
  );
}

function reportBug(error: unknown, requestId: string): AppError {
  if (isDatabaseAway(error)) {
    logger().error({ err: error, requestId }, "database not reachable");
    return new AppError("unavailable", "The service is not available for a moment. Try again.", [], {
      retryAfterSeconds: 1,
    });
  }
  logger().error({ err: error, requestId }, "request failed");
  return new AppError(
    "internal",
    `Something went wrong on our side. Try again; if it stays, tell us the request id ${requestId}.`,
  );
}

/** Codes of PostgreSQL (restarting, too many connections), of sockets, and of Prisma for the same. */
const awayCodes = new Set([
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08000",
  "08003",
  "08006",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
]);

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && awayCodes.has(error.code)) return true;
  return /connection terminated|timeout exceeded when trying to connect/i.test(error.message);
}
