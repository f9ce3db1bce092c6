import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import type { Attacked } from "./attacked.testkit";

const withNote = { type: "object", properties: { note: { type: "object", "x-kind": "file" } } };

/** Things of one organization, for the others to try: what each placeholder of an address may stand for. */
export interface OwnThings {
  slug: string;
  workflowId: string;
  runId: string;
  approvalId: string;
  formId: string;
  fileId: string;
  handoffId: string;
  connection: string;
  contactId: string;
  conversationId: string;
  cannedId: string;
  subscriptionId: string;
  keyId: string;
  eventId: string;
  absenceId: string;
  ruleKey: string;
  calendar: string;
  teamId: string;
  holdId: string;
  sessionId: string;
  memberId: string;
}

/** A live workflow with something of every kind that waits, and the rest that can be named from outside. */
export async function makeOwnThings(target: Attacked): Promise<OwnThings> {
  const slug = "ours";
  const make = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await target.send("POST", path, { body: JSON.stringify(body) });
    expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
    return JSON.parse(answer.text) as Record<string, unknown>;
  };
  const conversation = await make("/api/v1/conversations", { contact: { name: "Jane", email: "jane@acme.com" } });
  await make("/api/workflows", {
    slug,
    name: slug,
    triggers: [
      { id: "hook", type: "webhook" },
      { id: "api", type: "api" },
    ],
    spec: {
      startNodeId: "all",
      nodes: [
        { id: "all", type: "transform", expression: 1 },
        { id: "ask", type: "approval", actionLabel: "May we?", context: { headline: "Canary of ours" } },
        { id: "form", type: "collect_form", deliverTo: "conversation", schema: withNote },
        { id: "hand", type: "human_handoff", assignTo: "role:operator", summary: "Canary of ours" },
      ],
      edges: [
        { from: "all", to: "ask" },
        { from: "all", to: "form" },
        { from: "all", to: "hand" },
      ],
    },
  });
  await make(`/api/workflows/${slug}/publish`, {});
  const started = await make("/api/v1/runs", {
    template_id: slug,
    input: { note: "Canary of ours" },
  });
  const connection = await make("/api/v1/connections", { slug: "ours", base_url: "https://api.example.com" });
  const subscription = await make("/api/v1/webhook-subscriptions", { url: "https://hooks.example.com/canary" });
  const event = await make("/api/v1/events", { name: "canary.sent", data: { canary: "of ours" } });
  const { id } = target.organization;
  const waiting = await vi.waitFor(
    async () => {
      const rows = await target.rows<{ id: string; kind: string }>(
        "select id, kind from waitpoints where organization_id = $1 and status = 'open'",
        [id],
      );
      expect(rows.map(({ kind }) => kind).sort()).toEqual(["approval", "form", "handoff"]);
      return Object.fromEntries(rows.map((row) => [row.kind, row.id]));
    },
    { timeout: 60_000 },
  );
  // Its driver still writes after the last question was asked: what is compared later must have come to rest.
  await vi.waitFor(
    async () => {
      const runs = await target.rows("select id from runs where organization_id = $1 and parked_by is null", [id]);
      expect(runs).toEqual([]);
    },
    { timeout: 60_000 },
  );
  const [workflow] = await target.rows<{ id: string }>(
    "select id from workflows where organization_id = $1 and slug = $2",
    [id, slug],
  );
  const { owner } = target.organization.members;
  const [hold] = await target.rows<{ id: string }>(
    `insert into legal_holds (id, organization_id, subject_type, subject_id, reason, placed_by)
      values (gen_random_uuid(), $1, 'workflow', $2, 'Canary of ours', $3) returning id`,
    [id, workflow?.id, owner.userId],
  );
  const [absence] = await target.rows<{ id: string }>(
    `insert into absences (id, organization_id, user_id, from_at, note, set_by)
      values (gen_random_uuid(), $1, $2, now(), 'Canary of ours', $2) returning id`,
    [id, owner.userId],
  );
  const ruleKey = "canary";
  await target.rows(
    `with rule as (insert into approver_rules (id, organization_id, key, name, draft, live_version, created_by_id, updated_by_id)
        values (gen_random_uuid(), $1, $2, 'Canary of ours', $3, 1, $4, $4) returning id)
      insert into approver_rule_versions (organization_id, rule_id, number, document, published_by_id)
        select $1, id, 1, $3, $4 from rule returning number`,
    [
      id,
      ruleKey,
      JSON.stringify({
        questions: [{ name: "site", title: "Canary of ours", type: "text" }],
        rows: [{ when: {}, assignTo: ["role:owner"] }],
        otherwise: { refuse: true },
      }),
      owner.userId,
    ],
  );
  const calendar = "canary";
  await target.rows(
    `insert into calendars (id, organization_id, slug, name, zone, hours, holidays, updated_by_id)
      values (gen_random_uuid(), $1, $2, 'Canary of ours', 'UTC', '{}', '[]', $3) returning id`,
    [id, calendar, owner.userId],
  );
  const [team] = await target.rows<{ id: string }>(
    `insert into teams (id, organization_id, slug, name)
      values (gen_random_uuid(), $1, 'canary', 'Canary of ours') returning id`,
    [id],
  );
  const [session] = await target.rows<{ id: string }>(
    `insert into user_sessions (id, user_id, organization_id, expires_at, address, device)
      values (gen_random_uuid(), $1, $2, now() + interval '1 day', '203.0.113.1', 'Canary of ours') returning id`,
    [owner.userId, id],
  );
  const [canned] = await target.rows<{ id: string }>(
    `insert into canned_answers (id, organization_id, name, body, updated_at)
      values (gen_random_uuid(), $1, 'Canary of ours', 'Canary of ours', now()) returning id`,
    [id],
  );
  const fileId = randomUUID();
  await target.rows(
    `insert into files (id, organization_id, waitpoint_id, question, run_id, name, type, state, uploaded_by)
      values ($1, $2, $3, 'note', (select run_id from waitpoints where id = $3), 'Canary of ours.txt', 'text/plain', 'bound', 'Jane') returning id`,
    [fileId, id, waiting["form"]],
  );
  return {
    slug,
    fileId,
    workflowId: workflow?.id ?? "",
    runId: String(started["id"]),
    approvalId: waiting["approval"] ?? "",
    formId: waiting["form"] ?? "",
    handoffId: waiting["handoff"] ?? "",
    connection: String(connection["slug"]),
    contactId: (conversation["contact"] as { id: string }).id,
    conversationId: String(conversation["id"]),
    cannedId: canned?.id ?? "",
    subscriptionId: String(subscription["id"]),
    keyId: target.organization.members.owner.keyId,
    eventId: String(event["id"]),
    absenceId: absence?.id ?? "",
    ruleKey,
    calendar,
    teamId: team?.id ?? "",
    holdId: hold?.id ?? "",
    sessionId: session?.id ?? "",
    memberId: target.organization.members.viewer.userId,
  };
}
