import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { plainJson } from "@/core/contracts/trpc-wire";
import { AppError, type ErrorDetail } from "@/core/errors";
import type { Scope } from "@/core/permissions";
import { plainProblem } from "@/core/plain-problem";
import { countedRefusal } from "@/server/auth/token-guesses";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { noteRefusedAccess } from "./refused-access";
import { answerWithoutTokens } from "@/server/token-words";
import { requireAdmissible } from "@/server/http/admissible";
import { throughStandingDoor } from "./standing-door";
import { refusalOf, toTrpcError } from "./trpc-error";

export interface TrpcContext {
  /** null: nobody is signed in. */
  actor: UserActor | null;
  requestId: string;
  /** Where the request came from, and its method; unknown to calls from our own pages. */
  address?: string;
  method?: string;
  /** The request's `Cookie` header, and a way to answer with a `Set-Cookie`: for what a link opens. */
  cookies?: string | null;
  setCookie?: (header: string) => void;
}

export interface ProcedureMeta {
  /** Filled by the ladder; the permission table reads it. */
  scope?: Scope | null;
  /** It tells where something is answered, on purpose, and notes to whom. */
  givesAddresses?: true;
}

// tRPC reads inputs itself and can be handed no words for what does not fit: these are the process's.
z.config({ customError: plainProblem });

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

/** Nothing that a run gave away tells members where to answer for others. What streams tells only that something changed. */
const noTokens = t.middleware(async ({ type, meta, next }) => {
  const result = await next();
  return result.ok && meta?.givesAddresses !== true && type !== "subscription"
    ? { ...result, data: answerWithoutTokens(result.data) }
    : result;
});

/**
 * For those who hold a link. Its token must not stand in an address that servers on the way write down, so it is sent with POST, and
 * wrong ones are counted.
 */
export const linkProcedure = publicProcedure.use(async ({ ctx, next }) => {
  if (ctx.method === "GET")
    throw toTrpcError(new AppError("method_not_allowed", "What a link opens is asked for with POST."));
  const result = await next();
  const refusal = result.ok ? null : result.error.cause;
  if (refusal instanceof AppError && refusal.code === "not_found")
    throw toTrpcError(await countedRefusal(ctx.address ?? "unknown", refusal));
  return result;
});

/** Somebody is signed in; `ctx.actor` is who. */
export const authedProcedure = publicProcedure
  .meta({ scope: null })
  .use(noTokens)
  .use(({ ctx, next }) => {
    if (!ctx.actor)
      throw new TRPCError({
        code: "UNAUTHORIZED",
        cause: new AppError("unauthenticated", "Your session has ended. Sign in again."),
      });
    return next({ ctx: { ...ctx, actor: ctx.actor } });
  });

/** Somebody is signed in and holds the scope. */
export function scoped(scope: Scope) {
  return authedProcedure.meta({ scope }).use(({ ctx, path, next }) => {
    requireScope(ctx.actor, scope);
    return throughStandingDoor(ctx.actor, { act: path, scope }, () => next());
  });
}
