import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidencePack } from "@/core/contracts/evidence";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createCaller } from "@/server/routes/root";
import { serveRest } from "@/server/routes/serve-rest";
import { createSealer } from "@/server/modules/audit/service";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { pdfPages } from "@/tests/pdf-text";

let scene: RunsScene;
let approval: string;
let secret: string;
let kim: TestMember;
const from = { "x-forwarded-for": "203.0.113.9" };
const ssn = "900-12-3456";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

beforeAll(async () => {
  scene = await createRunsScene();
  kim = await addTestMember({ organizationId: scene.north.id, role: "approver", email: "kim@north.holdpoint.test" });
  const ask = { id: "ask", type: "approval", assignTo: "kim@north.holdpoint.test" };
  await scene.publish("refund", {
    inputSchema: { type: "object", properties: { amount: { type: "number" }, name: { type: "string" } } },
    startNodeId: "ask",
    nodes: [
      {
        ...ask,
        context: { headline: "Refund ${input.name}", fields: [{ label: "Amount", value: "EUR ${input.amount}" }] },
        policy: { editable: ["input.amount"] },
      },
      effect("act"),
    ],
    edges: [edge("ask", "act", "approved")],
  });
  await scene.publish("close", {
    startNodeId: "file",
    nodes: [
      { id: "file", type: "transform", expression: { ssn: "${input.ssn}" }, sensitive: ["ssn"] },
      { ...ask, context: { headline: "Close the file", fields: [{ label: "Number", value: "${input.ssn}" }] } },
      { id: "done", type: "end" },
    ],
    edges: [edge("file", "ask"), edge("ask", "done", "approved")],
  });
  const decide = async (slug: string, input: object, body: object): Promise<string> => {
    const runId = await scene.start(slug, input);
    const { approvals } = await scene.reached(runId, "waiting_approval");
    const { status } = await rest(kim.apiKey, "POST", `/api/v1/approvals/${approvals[0].id}/approve`, body, from);
    expect(status).toBe(200);
    await scene.reached(runId, "completed");
    return approvals[0].id;
  };
  approval = await decide(
    "refund",
    { name: "Иван 张 Łukasz", amount: 40 },
    { comment: "As agreed", edits: { "input.amount": 30 } },
  );
  secret = await decide("close", { ssn }, {});
});
afterAll(() => scene.close());

/** What the program of docs/evidence.md says of a file. */
function checked(json: string): string {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  try {
    const [, program = ""] = /```js\n([\s\S]*?)```/.exec(readFileSync("docs/evidence.md", "utf8")) ?? [];
    writeFileSync(join(folder, "check.mjs"), program);
    writeFileSync(join(folder, "evidence.json"), json);
    return spawnSync(process.execPath, [join(folder, "check.mjs"), join(folder, "evidence.json")]).stdout.toString();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function file(path: string, key: string): Promise<{ status: number; bytes: Buffer; type: string | null }> {
  const response = await serveRest(
    new Request(`http://127.0.0.1/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } }),
  );
  return {
    status: response.status,
    bytes: Buffer.from(await response.arrayBuffer()),
    type: response.headers.get("content-type"),
  };
}
async function pack(path: string, key: string): Promise<EvidencePack> {
  const { status, bytes } = await file(path, key);
  expect(status, bytes.toString()).toBe(200);
  return JSON.parse(bytes.toString()) as EvidencePack;
}

describe("56 the evidence of one decision", () => {
  it("56 A14 tells what was shown, who decided, how and from where, with which words and changes", async () => {
    const { decisions, run, log, made } = await pack(
      `/approvals/${approval}/evidence`,
      scene.north.members.admin.apiKey,
    );
    expect(made.by).toBe(scene.north.members.admin.actor.name);
    const [decision] = decisions;
    expect(decision).toMatchObject({
      decision: "approved",
      decided_by: kim.actor.name,
      via: "api",
      identified: { auth: "api_key", address: "203.0.113.9" },
      comment: "As agreed",
      edits: [{ path: "input.amount", was: 40, now: 30 }],
      shown: { headline: "Refund Иван 张 Łukasz", fields: [{ label: "Amount", value: "EUR 40" }] },
      workflow: { slug: "refund", version: 1 },
    });
    expect(sha256(decision?.shown.text ?? "")).toBe(decision?.shown.hash);
    expect(run?.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["approval.approved", "run.completed"]),
    );
    const line = log?.lines.find(({ action }) => action === "approval.approved");
    expect(line?.payload_hash).toBe(decision?.shown.hash);
    const [taken] = (
      await createCaller({ actor: scene.north.members.admin.actor, requestId: "test" }).audit.list({
        action: "evidence.exported",
      })
    ).items;
    expect(taken).toMatchObject({ name: "Refund Иван 张 Łukasz", actor: { id: scene.north.members.admin.keyId } });
  });

  it("56 its lines can be computed again with their seals, and one letter changed shows", async () => {
    const sealer = createSealer(scene.database.pool);
    await expect
      .poll(async () => {
        await sealer.seal();
        const { log } = await pack(`/approvals/${approval}/evidence`, scene.north.members.admin.apiKey);
        return log?.lines.filter(
          ({ id, action }) => action !== "evidence.exported" && log.proof.not_proven.includes(id),
        );
      })
      .toEqual([]);
    const { log } = await pack(`/approvals/${approval}/evidence`, scene.north.members.admin.apiKey);
    const { links = [], head } = log?.proof ?? {};
    expect(links.length).toBeGreaterThan(0);
    for (const { previous, lines, hash } of links) {
      expect(sha256([previous, ...lines].join("\n"))).toBe(hash);
      expect(sha256([previous, ...lines.map((text) => text.replace("a", "b"))].join("\n"))).not.toBe(hash);
    }
    const whole = (await file(`/approvals/${approval}/evidence`, scene.north.members.admin.apiKey)).bytes.toString();
    expect(checked(whole)).toMatch(/^Whole: [1-9]/);
    // What is shown of a line, what the seal covers, and what was decided on.
    expect(checked(whole.replace('"action": "approval.approved"', '"action": "approval.rejected"'))).toMatch(
      /^Line \d+ is not/,
    );
    expect(checked(whole.replaceAll("approval.approved", "approval.rejected"))).toContain("is not that of its lines");
    expect(checked(whole.replaceAll("Łukasz", "Lukas"))).toContain("is not what was hashed");
    expect(head?.hash).toMatch(/^[0-9a-f]{64}$/);
    const proven = links.flatMap(({ lines }) => lines.map((text) => (JSON.parse(text) as string[])[0]));
    const decided = log?.lines.find(({ action }) => action === "approval.approved");
    expect(proven).toContain(decided?.id);
  });

  it("56 PDF: text that can be read and copied, in all letters, numbered and titled", async () => {
    const { bytes, type } = await file(`/approvals/${approval}/evidence?format=pdf`, scene.north.members.admin.apiKey);
    expect(type).toBe("application/pdf");
    const pages = pdfPages(bytes);
    const text = pages.join("\n");
    expect(text).toContain("Refund Иван [U+5F20] Łukasz");
    expect(text).toContain(kim.actor.name);
    expect(text).toContain("As agreed");
    expect(text).toContain("from 203.0.113.9");
    pages.forEach((page, index) => expect(page).toContain(`Page ${String(index + 1)} of ${String(pages.length)}`));
    const raw = bytes.toString("latin1");
    for (const part of ["/Lang (en)", "/MarkInfo", "/StructTreeRoot", "/DisplayDocTitle true"])
      expect(raw).toContain(part);
  });

  it("61 whoever looks on gets what the page shows them: nothing sensitive, no hash to try values with, no log", async () => {
    for (const role of ["viewer", "admin", "approver"] as const) {
      const { apiKey } = scene.north.members[role];
      const text = (await file(`/approvals/${secret}/evidence`, apiKey)).bytes.toString();
      expect(text.includes(ssn), role).toBe(role !== "viewer");
      const pages = pdfPages((await file(`/approvals/${secret}/evidence?format=pdf`, apiKey)).bytes).join("\n");
      expect(pages.includes(ssn), role).toBe(role !== "viewer");
    }
    const seen = await pack(`/approvals/${secret}/evidence`, scene.north.members.viewer.apiKey);
    expect(seen.log).toBeNull();
    expect(seen.decisions[0]).toMatchObject({
      shown: { fields: [{ label: "Number", value: "••••" }], hash: null, text: null },
      identified: null,
    });
  });

  it("56 belongs to its organization, and is there only of what counts", async () => {
    const { south, north } = scene;
    expect((await file(`/approvals/${approval}/evidence`, south.members.owner.apiKey)).status).toBe(404);
    const runId = await scene.start("refund", { name: "Ana", amount: 1 });
    const { approvals } = await scene.reached(runId, "waiting_approval");
    const early = await file(`/approvals/${approvals[0].id}/evidence`, north.members.admin.apiKey);
    expect([early.status, early.bytes.toString()]).toEqual([409, expect.stringContaining("not decided yet")]);
  });
});

describe("56 the evidence of a time range", () => {
  const range = (format: string) =>
    `/audit/evidence?format=${format}&since=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z`;

  it("56 holds every decision, for those who may read the log", async () => {
    const { decisions, log, about } = await pack(range("json"), scene.north.members.admin.apiKey);
    expect(decisions.map(({ id }) => id)).toEqual([approval, secret]);
    expect(about).toEqual({ since: "2020-01-01T00:00:00.000Z", until: "2100-01-01T00:00:00.000Z" });
    expect(log?.lines.filter(({ action }) => action === "approval.approved")).toHaveLength(2);
    const text = pdfPages((await file(range("pdf"), scene.north.members.admin.apiKey)).bytes).join("\n");
    expect(text).toContain("Close the file");
    expect((await file(range("json"), scene.north.members.builder.apiKey)).status).toBe(403);
    expect((await pack(range("json"), scene.south.members.admin.apiKey)).decisions).toEqual([]);
    const backwards = "/audit/evidence?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z";
    expect((await file(backwards, scene.north.members.admin.apiKey)).status).toBe(422);
  });

  it("56 more than a file holds is refused", async () => {
    await scene.database.pool.query(
      `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, status, assignees, request, consumed, resolved_at)
       select gen_random_uuid(), organization_id, run_id, workflow_id, 'many' || n, 'ask', 'approval', 'resolved', '{}', '{}', true, '2001-01-01'
       from waitpoints, generate_series(1, 501) n where id = $1`,
      [approval],
    );
    const path = "/audit/evidence?since=2001-01-01T00:00:00Z&until=2001-01-02T00:00:00Z";
    const { status, bytes } = await file(path, scene.north.members.admin.apiKey);
    expect([status, bytes.toString()]).toEqual([422, expect.stringContaining("Choose a shorter time")]);
  });
});
