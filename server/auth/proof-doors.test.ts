import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { outcomeOf, writingActs } from "@/server/api/acts.testkit";
import { provenActs, unprovenActs } from "@/server/api/proof-acts";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
let subscription = "";
let run = "";
const connection = (auth: object) => ({
  slug: "crm",
  connector: "http",
  base_url: "https://crm.example.com",
  is_live: false,
  record_bodies: true,
  auth,
});
const bearer = { type: "bearer", token: "a-secret-token" };
const hook = { slug: "paid", triggerId: "hook" };
const listened = { url: "https://example.com/other", events: ["run.completed"] };
const otherSpec = { spec: { startNodeId: "end", nodes: [{ id: "end", type: "end" }], edges: [] } };
const deputised = { from: "2126-01-01T00:00:00Z", deputy: "approver@north.holdpoint.test" };
const callback = { template_id: "paid", input: {}, callback_url: "https://example.com/done" };

const office = { name: "Office", zone: "UTC", hours: { monday: [{ from: "09:00", to: "17:00" }] } };

/** What each act is asked to do: all that makes it sensitive. */
const inputs: Readonly<Record<string, unknown>> = {
  "drafts.publish": { slug: "paid", revision: 0, note: "" },
  "drafts.reviews.decide": { id: randomUUID(), decision: "approve" },
  "drafts.setReviewRequired": { slug: "paid", on: false },
  "workflows.publish": { slug: "paid" },
  "workflows.rollback": { slug: "paid", version: 1 },
  "workflows.retire": { slug: "paid" },
  "workflows.setEnabled": { slug: "paid", enabled: true },
  "library.trash": { slug: "paid" },
  "library.deleteForever": { id: randomUUID() },
  "triggers.setSecret": { ...hook, secret: "a secret of eight and more" },
  "triggers.decideSecret": { ...hook, askedAt: new Date(0).toISOString(), decision: "approve" },
  "triggers.rotateUrl": hook,
  "triggers.setOperational": { slug: "paid", retentionDays: 1 },
  "absences.set": deputised,
  "approverRules.publish": { key: "spend", revision: 1, liveVersion: null },
  "approverRules.remove": { key: "spend" },
  "calendars.set": { slug: "office", ...office },
  "calendars.remove": { slug: "office" },
  "members.change": { memberId: randomUUID(), roles: [], teams: [] },
  "members.saveGroup": { kind: "team", id: null, name: "Night", calendar: "office" },
  "members.removeGroup": { kind: "team", id: randomUUID() },
  "runs.reveal": { id: randomUUID(), stepId: randomUUID(), reason: "To look" },
  "connections.create": connection(bearer),
  "sessions.endOfMember": { memberId: randomUUID() },
  "POST /api/v1/absences": deputised,
  "POST /api/v1/api-keys": { name: "all", scopes: ["runs:read"] },
  "POST /api/v1/connections": connection(bearer),
  "PATCH /api/v1/connections/{idOrSlug}": { is_live: false },
  "PUT /api/v1/calendars/{slug}": office,
  "PUT /api/v1/retention": { minimum_retention_days: 0 },
  "POST /api/v1/webhook-subscriptions": listened,
  "PATCH /api/v1/webhook-subscriptions/{id}": { url: "https://elsewhere.example.com/hook" },
  "POST /api/v1/runs": callback,
  "POST /api/v1/workflows": callback,
  "POST /api/workflows/{idOrSlug}/executions": { input: {}, callbackUrl: "https://example.com/done" },
  "POST /api/v1/runs/{id}/reveal": { step_id: randomUUID(), reason: "To look" },
  "POST /api/v1/workflows/{id}/reveal": { step_id: randomUUID(), reason: "To look" },
  "POST /api/v1/runs/{id}/restore": { snapshot_id: randomUUID() },
  "POST /api/v1/workflows/{id}/restore": { snapshot_id: randomUUID() },
  "PATCH /api/workflows/{idOrSlug}": otherSpec,
  "POST /api/workflows/{idOrSlug}/publish": {},
  "POST /api/workflows/{idOrSlug}/retire": {},
  "POST /api/workflows/{idOrSlug}/rollback": { version: 1 },
  "PUT /api/workflows/{idOrSlug}/triggers/{triggerId}/secret": { secret: null },
};

/** The same acts where nothing is lost by them. */
const harmlessWays: readonly [string, string, unknown][] = [
  ["switching a workflow off", "workflows.setEnabled", { slug: "paid", enabled: false }],
  ["the same among its settings", "triggers.setOperational", { slug: "paid", enabled: false }],
  ["saying no to a review", "drafts.reviews.decide", { id: randomUUID(), decision: "reject" }],
  ["throwing a draft away that was never live", "library.trash", { slug: "sketch" }],
  ["an absence without a deputy", "absences.set", { until: "2126-01-01T00:00:00Z" }],
  ["a new team", "members.saveGroup", { kind: "team", id: null, name: "Night" }],
  ["a connection without a secret", "connections.create", connection({ type: "none" })],
  ["switching a subscription off", "PATCH /api/v1/webhook-subscriptions/{id}", { enabled: false }],
  ["a name", "PATCH /api/workflows/{idOrSlug}", { name: "Paid well" }],
  ["a run without a callback", "POST /api/v1/runs", { template_id: "kept", input: {} }],
];

beforeAll(async () => {
  await bench.createLive("paid", { triggers: [{ id: "hook", type: "webhook" }] });
  await bench.createLive("kept");
  await bench.create("sketch");
  subscription = (
    await bench.call("POST", "/api/v1/webhook-subscriptions", { ...listened, url: "https://example.com/a" })
  ).json.id;
  run = (await bench.call("POST", "/api/v1/runs", callback)).json.id;
  await hotPool().query("update user_sessions set proven_at = now() - interval '1 hour'");
});

function paramsOf(name: string): Record<string, string> {
  const id = name.includes("subscriptions") ? subscription : name.includes("restore") ? run : randomUUID();
  return { id, idOrSlug: name.includes("connections") ? "stripe" : "paid", triggerId: "hook" };
}

/** By the cookie or the actor of somebody who gave their password an hour ago, or just now; or with an API key. */
function tried(
  name: string,
  proof: "an hour ago" | "just now" | "key",
  input: unknown = inputs[name],
): Promise<string> {
  const { actor, cookie, apiKey } = bench.north().members.owner;
  const provenAt = new Date(proof === "an hour ago" ? Date.now() - 3_600_000 : Date.now());
  return outcomeOf(name, {
    actor:
      proof === "key"
        ? { ...actor, type: "api_key" }
        : { ...actor, session: { id: actor.session?.id ?? "", provenAt } },
    headers: proof === "key" ? { authorization: `Bearer ${apiKey}` } : { cookie, origin: "http://127.0.0.1:3000" },
    input,
    params: paramsOf(name),
  });
}

const names = Object.keys(provenActs);

describe("M10 a cookie alone", () => {
  it("is enough or not for everything that writes, with a reason", () => {
    expect([...names, ...Object.keys(unprovenActs)].sort()).toEqual([...writingActs].sort());
    expect(Object.keys(inputs).filter((name) => !(name in provenActs))).toEqual([]);
  });

  it.each(names)("is not enough for %s", async (name) => {
    expect(await tried(name, "an hour ago")).toBe("password_required");
  });

  it("leaves everything as it was where it was not enough", async () => {
    const { rows } = await hotPool().query(
      "select status, enabled, head_version, published_version, archived_at from workflows where slug = 'paid'",
    );
    expect(rows).toEqual([
      { status: "active", enabled: true, head_version: 1, published_version: 1, archived_at: null },
    ]);
  });

  it.each(harmlessWays)("is enough for %s", async (_, name, input) => {
    expect(await tried(name, "an hour ago", input)).toMatch(/^(done|20\d|not_found)$/);
  });
});

describe("M10 not asked for it", () => {
  it.each(names)("is an API key, for %s", async (name) => {
    expect(await tried(name, "key")).not.toBe("password_required");
  });

  it.each(names.filter((name) => !name.includes(" ")))("is who gave it just now, for %s", async (name) => {
    expect(await tried(name, "just now")).not.toBe("password_required");
  });
});
