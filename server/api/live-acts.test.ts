import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { roleScopes, type Scope } from "@/core/permissions";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { outcomeOf, writingActs } from "./acts.testkit";
import { harmless, liveActs } from "./live-acts";

const bench = useWorkflowBench();
let review = "";
const office = { name: "Office", zone: "UTC", hours: { monday: [{ from: "09:00", to: "17:00" }] } };
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
  "approverRules.publish": () => ({ key: "spend", revision: 1, liveVersion: null }),
  "approverRules.remove": () => ({ key: "spend" }),
  "calendars.remove": () => ({ slug: "office" }),
  "calendars.set": () => ({ slug: "office", ...office }),
  "PUT /api/v1/calendars/{slug}": () => office,
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
const paramsOf = (name: string) => ({
  idOrSlug: name.includes("connections") ? "stripe" : "live",
  triggerId: "hook",
  slug: "office",
});

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
    expect([...Object.keys(liveActs), ...Object.keys(harmless)].sort()).toEqual([...writingActs].sort());
    expect(Object.keys(inputs).filter((name) => !(name in liveActs))).toEqual([]);
  });

  it.each(names)("%s needs its right", async (name, scope) => {
    const { actor, apiKey } = await without(scope);
    const scopes = new Set([...actor.scopes].filter((each) => each !== scope));
    const headers = { authorization: `Bearer ${apiKey}` };
    const tried = { actor: { ...actor, scopes }, headers, input: inputs[name]?.(), params: paramsOf(name) };
    expect(await outcomeOf(name, tried)).toBe("missing_scope");
  });
});
