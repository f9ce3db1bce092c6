import type { z } from "zod";
import type { Scope } from "@/core/permissions";
import type { UserActor } from "@/server/db/tenant";
import { parseInput } from "./parse-input";
import type { RawQuery } from "./query";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** `definitions`: camelCase in `{"data": …}`; `runs`: snake_case, bare; `public`: no sign-in, its own proof (token, signature). */
export type Family = "definitions" | "runs" | "public";

export interface Answer<B> {
  /** Default: the route's `status`. */
  status?: number;
  body: B;
  headers?: Record<string, string>;
}

export interface HandlerInput<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** The bytes as they came, for signatures; empty unless the route has `rawBody`. */
  bytes: Uint8Array;
  /** What was taken, but not quite as it was sent: a sentence each. */
  warnings: readonly string[];
  request: Request;
  requestId: string;
  /** Unique for this caller and Idempotency-Key; use it to de-duplicate in the transaction that creates. */
  idempotencyKey: string | null;
}

interface Shape<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> {
  method: Method;
  /** `/api/workflows/{idOrSlug}/publish` */
  path: string;
  /** One sentence for the reference. */
  summary: string;
  params?: P;
  /** None: the address takes no parameters. Parameters that are not in it are refused. */
  query?: Q;
  /** None: a body is ignored. An empty body counts as `{}`. */
  body?: B;
  /** The handler reads `bytes` itself; any content type. */
  rawBody?: boolean;
  /** The body is a file, which the handler reads from the request itself, piece by piece. */
  takesFile?: boolean;
  response: z.ZodType<unknown, A>;
  /** Of success. Default 200. */
  status?: number;
  /** For the reference: answers beside `status` and the usual refusals, or other words for those, by status. */
  answers?: Readonly<Record<string, string>>;
  /** Bytes. Default 1 MB. */
  bodyLimit?: number;
  /** Set on every POST that creates: repeats with the same Idempotency-Key get the first answer. */
  idempotent?: boolean;
  /** The answer shows a secret once: what is kept of it for repeats is sealed. */
  secretAnswer?: boolean;
  /**
   * The answer may have the address of a wait: its handler hides the others, and keeps who was shown them. Everywhere else they are
   * taken out.
   */
  givesAddresses?: boolean;
  /** Where what is made is found, without its id; default the route's own address. */
  madeAt?: string;
  /** A GET: its answer has an ETag. A change: it takes that as If-Match, and answers 412 when another change came first. */
  tagged?: boolean;
  /** Statuses whose answer may be plain text, or no body at all, where the owner of the address says so. */
  plainAnswers?: readonly string[];
  /** With `Accept: text/event-stream` the handler answers a stream of server-sent events instead. */
  eventStream?: boolean;
}

interface PrivateShape<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> extends Shape<P, Q, B, A> {
  family: Exclude<Family, "public">;
  /** null: any signed-in caller. */
  scope: Scope | null;
  handler(
    input: HandlerInput<z.output<P>, z.output<Q>, z.output<B>> & { actor: UserActor },
  ): Promise<Answer<NoInfer<A>> | Response>;
}

interface PublicShape<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> extends Shape<P, Q, B, A> {
  /** Looks at the token in the path before the body is read, and throws: what strangers send costs nothing then. */
  proof?(params: Record<string, string>): Promise<void>;
  handler(input: HandlerInput<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer<NoInfer<A>> | Response>;
}

/** What arrives, before the schemas of the route have seen it. */
export interface RawInput {
  params: Record<string, string>;
  query: RawQuery;
  body: unknown;
  bytes: Uint8Array;
  /** What was taken, but not quite as it was sent: a sentence each. */
  warnings: readonly string[];
  request: Request;
  requestId: string;
  idempotencyKey: string | null;
}

/** A route with its types folded away: what the router, the reference and the tests work on. */
export interface Route {
  method: Method;
  path: string;
  family: Family;
  scope: Scope | null;
  summary: string;
  schemas: { params: z.ZodType | null; query: z.ZodType | null; body: z.ZodType | null; response: z.ZodType };
  rawBody: boolean;
  takesFile: boolean;
  status: number;
  answers: Readonly<Record<string, string>>;
  bodyLimit: number;
  idempotent: boolean;
  secretAnswer: boolean;
  givesAddresses: boolean;
  eventStream: boolean;
  plainAnswers: readonly string[];
  madeAt: string | null;
  tagged: boolean;
  run:
    | { kind: "private"; call(input: RawInput, actor: UserActor): Promise<Answer<unknown> | Response> }
    | {
        kind: "public";
        proof: ((params: Record<string, string>) => Promise<void>) | null;
        call(input: RawInput): Promise<Answer<unknown> | Response>;
      };
}

type Params = z.ZodType<Record<string, string>>;
type Query = z.ZodType<Record<string, string>>;
type NoBody = z.ZodType<undefined>;

/** A route for signed-in people and API keys. */
export function defineRoute<A, P extends z.ZodType = Params, Q extends z.ZodType = Query, B extends z.ZodType = NoBody>(
  shape: PrivateShape<P, Q, B, A>,
): Route {
  const parse = parseInput(shape);
  return {
    ...folded(shape, shape.family, shape.scope),
    run: { kind: "private", call: (raw, actor) => shape.handler({ ...parse(raw), actor }) },
  };
}

/** A route without sign-in: webhooks, callbacks, health. It must check its own proof. */
export function definePublicRoute<
  A,
  P extends z.ZodType = Params,
  Q extends z.ZodType = Query,
  B extends z.ZodType = NoBody,
>(shape: PublicShape<P, Q, B, A>): Route {
  const parse = parseInput(shape);
  const proof = shape.proof?.bind(shape) ?? null;
  return { ...folded(shape, "public", null), run: { kind: "public", proof, call: (raw) => shape.handler(parse(raw)) } };
}

export const defaultBodyLimit = 1_000_000;

function folded<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A>(
  shape: Shape<P, Q, B, A>,
  family: Family,
  scope: Scope | null,
): Omit<Route, "run"> {
  return {
    method: shape.method,
    path: shape.path,
    family,
    scope,
    summary: shape.summary,
    schemas: {
      params: shape.params ?? null,
      query: shape.query ?? null,
      body: shape.body ?? null,
      response: shape.response,
    },
    rawBody: shape.rawBody ?? false,
    takesFile: shape.takesFile ?? false,
    status: shape.status ?? 200,
    answers: shape.answers ?? {},
    bodyLimit: shape.bodyLimit ?? defaultBodyLimit,
    idempotent: shape.idempotent ?? false,
    secretAnswer: shape.secretAnswer ?? false,
    // Whom nobody knows (a customer, an outside system) is told what authors send them, whole.
    givesAddresses: shape.givesAddresses ?? family === "public",
    eventStream: shape.eventStream ?? false,
    plainAnswers: shape.plainAnswers ?? [],
    madeAt: shape.madeAt ?? null,
    tagged: shape.tagged ?? false,
  };
}
