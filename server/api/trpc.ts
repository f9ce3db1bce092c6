import { initTRPC, TRPCError } from "@trpc/server";
import { plainJson } from "@/core/contracts/trpc-wire";
import { AppError, type ErrorDetail } from "@/core/errors";
import type { Scope } from "@/core/permissions";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { noteRefusedAccess } from "@/server/modules/audit/service";
import { requireAdmissible } from "./rest/admissible";
import { refusalOf, toTrpcError } from "./trpc-error";

export interface TrpcContext {
  /** null: nobody is signed in. */
  actor: UserActor | null;
  /** Where the request came from. */
  address?: string;
  requestId: string;
}

export interface ProcedureMeta {
  /** Filled by the ladder; the permission table reads it. */
  scope?: Scope | null;
}

const pingMs = 15_000;
/** Then the client connects again, with its session checked again. */
const maxSubscriptionMs = 5 * 60_000;

const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: plainJson,
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: pingMs },
      client: { reconnectAfterInactivityMs: pingMs * 3 },
      maxDurationMs: maxSubscriptionMs,
    },
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = refusalOf(error, ctx?.requestId ?? "");
      const details: readonly ErrorDetail[] = refusal.details;
      return {
        ...shape,
        message: refusal.message,
        data: {
          ...shape.data,
          httpStatus: refusal.status,
          appCode: refusal.code,
          details,
          extra: refusal.extra,
          requestId: ctx?.requestId ?? "",
        },
      };
    },
  });

export const { router, createCallerFactory } = t;

/** Refusals of services become tRPC errors of the same status. */
const refusals = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof AppError) {
    if (ctx.actor) await noteRefusedAccess(ctx.actor, result.error.cause, path);
    throw toTrpcError(result.error.cause);
  }
  return result;
});

/** What must not come in is refused before anything looks at it, subscriptions and calls without sign-in included. */
const gate = t.middleware(async ({ getRawInput, next }) => {
  requireAdmissible(await getRawInput());
  return next();
});

/** Ladder, lowest rung: nobody need be signed in. The procedure checks its own proof (a link's token). */
export const publicProcedure = t.procedure.use(refusals).use(gate);

/** Somebody is signed in; `ctx.actor` is who. */
export const authedProcedure = publicProcedure.meta({ scope: null }).use(({ ctx, next }) => {
  if (!ctx.actor)
    throw new TRPCError({
      code: "UNAUTHORIZED",
      cause: new AppError("unauthenticated", "Your session has ended. Sign in again."),
    });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** Somebody is signed in and holds the scope. */
export function scoped(scope: Scope) {
  return authedProcedure.meta({ scope }).use(({ ctx, next }) => {
    requireScope(ctx.actor, scope);
    return next();
  });
}
