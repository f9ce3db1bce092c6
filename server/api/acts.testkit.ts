import { TRPCError } from "@trpc/server";
import type { UserActor } from "@/server/db/tenant";
import { restRouter } from "@/server/routes/rest";
import { serveRest } from "@/server/routes/serve-rest";
import { appRouter, createCaller } from "@/server/routes/root";
import { refusalOf } from "./trpc-error";

// As it is when it runs: the type nests what the value has side by side.
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;

/** Everything that writes: each route that is no GET as "METHOD path", and each mutation by its name. */
export const writingActs: readonly string[] = [
  ...restRouter()
    .routes.filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`),
  ...Object.entries(procedures)
    .filter(([, { _def: definition }]) => definition.type === "mutation")
    .map(([path]) => path),
];

export interface TriedAct {
  /** Who calls a procedure. */
  actor: UserActor;
  /** What proves who calls a route. */
  headers: Record<string, string>;
  input?: unknown;
  /** What stands in the route's path, by the name of the parameter. */
  params?: Readonly<Record<string, string>>;
}

/** The code of the refusal, by the gate that the act has; else the status, or "done". */
export async function outcomeOf(name: string, { actor, headers, input, params = {} }: TriedAct): Promise<string> {
  const [method = "", path] = name.split(" ");
  if (path === undefined) return procedureOutcome(name, actor, input);
  const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => params[key] ?? "missing");
  const response = await serveRest(
    new Request(`http://127.0.0.1:3000${address}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    }),
  );
  const { error } = (await response.json()) as { error?: { code: string } };
  return error?.code ?? String(response.status);
}

async function procedureOutcome(name: string, actor: UserActor, input: unknown): Promise<string> {
  const caller = createCaller({ actor, requestId: "test" });
  // The caller is a proxy over the router's own names.
  const procedure = name.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  try {
    await procedure(input);
    return "done";
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return refusalOf(error, "test").code;
  }
}
