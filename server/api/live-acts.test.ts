import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, it } from "vitest";
import { roleScopes, type Scope } from "@/core/permissions";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { hotPool } from "@/server/db/pools";
import type { UserActor } from "@/server/db/tenant";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { harmless, liveActs } from "./live-acts";
import { restRouter } from "./rest/routes";
import { serveRest } from "./rest/serve";
import { appRouter, createCaller } from "./root";
import { refusalOf } from "./trpc-error";

const bench = useWorkflowBench();
let review = "";
/** What each act is asked to do to the live workflow. */
const inputs: Readonly<Record<string, () => unknown>> = {
  "drafts.publish": () => ({ slug: "live", revision: 0 }),
  "drafts.reviews.decide": () => ({ id: review, decision: "approve" }),
  "drafts.setReviewRequired": () => ({ slug: "live", on: true }),
  "library.trash": () => ({ slug: "live" }),
  "triggers.setSecret": () => ({ slug: "live", triggerId: "hook", secret: "a secret of eight and more" }),
  "triggers.decideSecret": () => ({
    slug: "live",
    triggerId: "hook",
    askedAt: new Date(0).toISOString(),
    decision: "approve",
  }),
  "triggers.rotateUrl": () => ({ slug: "live", triggerId: "hook" }),
  "triggers.setOperational": () => ({ slug: "live", whileDraft: "serve_published" }),
  "workflows.publish": () => ({ slug: "live" }),
  "workflows.rollback": () => ({ slug: "live", version: 1 }),
  "workflows.retire": () => ({ slug: "live" }),
  "workflows.setEnabled": () => ({ slug: "live", enabled: false }),
  "PATCH /api/workflows/{idOrSlug}": () => ({
    spec: { startNodeId: "end", nodes: [{ id: "end", type: "end" }], edges: [] },
  }),
  "POST /api/workflows/{idOrSlug}/publish": () => ({}),
  "POST /api/workflows/{idOrSlug}/retire": () => ({}),
  "POST /api/workflows/{idOrSlug}/rollback": () => ({ version: 1 }),
  "PUT /api/workflows/{idOrSlug}/triggers/{triggerId}/secret": () => ({ secret: null }),
  "PATCH /api/v1/connections/{idOrSlug}": () => ({ base_url: "https://elsewhere.example.com" }),
};

beforeAll(async () => {
  await bench.createLive("live", { triggers: [{ id: "hook", type: "webhook" }] });
  review = randomUUID();
});

const names = Object.entries(liveActs);
// As it is when it runs: the type nests what the value has side by side.
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
const writing = [
  ...restRouter()
    .routes.filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`),
  ...Object.entries(procedures)
    .filter(([, { _def: definition }]) => definition.type === "mutation")
    .map(([path]) => path),
];

const addressOf = (path: string): string =>
  path.replace("{idOrSlug}", path.includes("connections") ? "stripe" : "live").replace("{triggerId}", "hook");

/** The code of the refusal, by the gate that the act has. */
async function refusalFor(name: string, { actor, headers }: { actor: UserActor; headers: Record<string, string> }) {
  const [method = "", path] = name.split(" ");
  if (path === undefined) return procedureRefusal(name, actor);
  const body = inputs[name]?.();
  const response = await serveRest(
    new Request(`http://127.0.0.1:3000${addressOf(path)}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const { error } = (await response.json()) as { error?: { code: string } };
  return error?.code ?? String(response.status);
}

async function procedureRefusal(name: string, actor: UserActor): Promise<string> {
  const caller = createCaller({ actor, requestId: "test" });
  // The caller is a proxy over the router's own names.
  const procedure = name.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  try {
    await procedure(inputs[name]?.());
    return "done";
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return refusalOf(error, "test").code;
  }
}

const limited = new Map<Scope, Promise<TestMember>>();

/** A builder who lacks one right. */
function without(scope: Scope): Promise<TestMember> {
  const scopes = roleScopes.builder.filter((each) => each !== scope);
  const member =
    limited.get(scope) ??
    addTestMember({
      organizationId: bench.north().id,
      role: "builder",
      email: `no-${scope.replace(":", "-")}@north.holdpoint.test`,
      scopes,
    });
  limited.set(scope, member);
  return member;
}

describe("H11 what changes a live workflow at once", () => {
  it("is in one table, and all else that writes is not, with a reason", () => {
    expect([...Object.keys(liveActs), ...Object.keys(harmless)].sort()).toEqual(writing.sort());
    expect(Object.keys(inputs).filter((name) => !(name in liveActs))).toEqual([]);
  });

  it.each(names)("%s needs its right", async (name, { scope }) => {
    const { actor, apiKey } = await without(scope);
    const scopes = new Set([...actor.scopes].filter((each) => each !== scope));
    const headers = { authorization: `Bearer ${apiKey}` };
    expect(await refusalFor(name, { actor: { ...actor, scopes }, headers })).toBe("missing_scope");
  });

  it.each(names.filter(([, { proof }]) => proof))("M10 %s needs a password of the last minutes", async (name) => {
    const { actor, cookie, userId } = bench.north().members.owner;
    const provenAt = new Date(Date.now() - 3_600_000);
    await hotPool().query("update user_sessions set proven_at = $2 where user_id = $1", [userId, provenAt]);
    const headers = { cookie, origin: "http://127.0.0.1:3000" };
    const old: UserActor = { ...actor, session: { id: "old", provenAt } };
    expect(await refusalFor(name, { actor: old, headers })).toBe("password_required");
  });
});
