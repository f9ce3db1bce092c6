import { describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { kyc, small, useWorkflowBench } from "./workflows.testkit";

const { call, create, createLive, start } = useWorkflowBench();

describe("definitions over REST", () => {
  it("K-3..K-12 K-14 have exactly these keys, and read as they were written", async () => {
    const created = await call("POST", "/api/workflows", kyc());
    expect(created.status).toBe(201);
    const { workflow, issues } = created.json.data;
    expect(Object.keys(workflow).sort()).toEqual([
      "config",
      "createdAt",
      "description",
      "id",
      "name",
      "publishedVersion",
      "slug",
      "spec",
      "status",
      "triggerSpec",
      "triggerType",
      "triggers",
      "updatedAt",
      "version",
    ]);
    expect(workflow).toMatchObject({
      slug: "indonesian-kyc-v1",
      status: "draft",
      version: 1,
      triggerType: "api",
      triggerSpec: null,
      publishedVersion: null,
    });
    expect(workflow.id).toMatch(/^wkf_[0-9A-Z]{26}$/);
    expect(workflow.spec).toEqual(kyc()["spec"]);
    expect(issues.filter((issue: { severity: string }) => issue.severity === "error")).toEqual([]);
    for (const name of ["indonesian-kyc-v1", workflow.id, readId("workflow", workflow.id)]) {
      const read = await call("GET", `/api/workflows/${String(name)}`);
      expect([read.status, read.json.data.workflow]).toEqual([200, workflow]);
    }
    const canonical = await call("GET", "/api/workflows/indonesian-kyc-v1?format=canonical");
    expect(
      canonical.json.data.workflow.spec.nodes.find((node: { id: string }) => node.id === "wait_for_analyst").type,
    ).toBe("approval");
  });

  it("K-32 K-34 K-35 are listed with how often they ran", async () => {
    await createLive("listed");
    for (let index = 0; index < 3; index += 1) await start("listed");
    const { json } = await call("GET", "/api/workflows?status=active&limit=50");
    const row = json.data.workflows.find(({ slug }: { slug: string }) => slug === "listed");
    expect(row).toEqual({
      id: expect.stringMatching(/^wkf_/),
      slug: "listed",
      name: "listed",
      status: "active",
      triggerType: "api",
      version: 1,
      _count: { executions: 3 },
    });
    const first = await call("GET", "/api/workflows?limit=1");
    const second = await call("GET", `/api/workflows?limit=1&cursor=${first.json.data.nextCursor}`);
    expect(second.json.data.workflows).toHaveLength(1);
    expect(second.json.data.workflows[0].id).not.toBe(first.json.data.workflows[0].id);
  });

  it("K-13 go from draft to active to retired, and back by publishing", async () => {
    await create("cycle-of-life");
    expect((await start("cycle-of-life")).json.error.code).toBe("workflow_not_published");
    const published = await call("POST", "/api/workflows/cycle-of-life/publish", { note: "First" });
    expect([
      published.status,
      published.json.data.workflow.status,
      published.json.data.workflow.publishedVersion,
    ]).toEqual([200, "active", 1]);
    expect((await start("cycle-of-life")).status).toBe(202);
    expect((await call("POST", "/api/workflows/cycle-of-life/retire")).json.data.workflow.status).toBe("retired");
    const refused = await start("cycle-of-life");
    expect([refused.status, refused.json.error.code]).toEqual([409, "workflow_retired"]);
    expect((await call("POST", "/api/workflows/cycle-of-life/publish")).json.data.workflow.status).toBe("active");
    expect((await start("cycle-of-life")).status).toBe(202);
  });

  it("K-1 K-33 C11 become a draft with the next number on PATCH of the spec; new starts wait, open runs stay", async () => {
    await createLive("patched");
    const before = await start("patched");
    const patched = await call("PATCH", "/api/workflows/patched", {
      spec: { ...small("x").spec, nodes: [{ id: "shape", type: "transform", expression: { seen: "twice" } }] },
    });
    expect([
      patched.status,
      patched.json.data.workflow.status,
      patched.json.data.workflow.version,
      patched.json.data.workflow.publishedVersion,
    ]).toEqual([200, "draft", 2, 1]);
    const refused = await start("patched");
    expect([refused.status, refused.json.error.code]).toEqual([409, "workflow_draft"]);
    const old = await call("GET", `/api/v1/workflows/${before.json.data.execution.id}`);
    expect(old.json.template.version).toBe(1);
    await call("POST", "/api/workflows/patched/publish");
    expect((await start("patched")).json.data.execution.version).toBe(2);
    expect((await start("patched", { input: {}, version: 1 })).json.data.execution.version).toBe(1);
  });

  it("C11 go on serving the published version when whileDraft says so", async () => {
    await createLive("serving", { config: { whileDraft: "serve_published" } });
    const patched = await call("PATCH", "/api/workflows/serving", { config: { maxRetries: 1 } });
    expect([
      patched.json.data.workflow.status,
      patched.json.data.workflow.version,
      patched.json.data.workflow.config.maxRetries,
    ]).toEqual(["active", 2, 1]);
    const started = await start("serving");
    expect([started.status, started.json.data.execution]).toEqual([
      202,
      { id: expect.stringMatching(/^run_/), status: "pending", version: 1 },
    ]);
  });

  it("C14 cannot be switched on or off before they were published; off refuses starts", async () => {
    await create("switched");
    const early = await call("PATCH", "/api/workflows/switched", { config: { enabled: false } });
    expect([early.status, early.json.error.code]).toEqual([409, "workflow_not_published"]);
    await call("POST", "/api/workflows/switched/publish");
    const off = await call("PATCH", "/api/workflows/switched", { config: { enabled: false } });
    expect([
      off.status,
      off.json.data.workflow.version,
      off.json.data.workflow.status,
      off.json.data.workflow.config.enabled,
    ]).toEqual([200, 1, "active", false]);
    expect((await start("switched")).json.error.code).toBe("workflow_disabled");
  });

  it("C13 F-44 roll back by publishing a copy as the new head", async () => {
    await createLive("rolled");
    await call("PATCH", "/api/workflows/rolled", {
      spec: { ...small("x").spec, nodes: [{ id: "shape", type: "transform", expression: 2 }] },
    });
    await call("POST", "/api/workflows/rolled/publish", { note: "Second" });
    const back = await call("POST", "/api/workflows/rolled/rollback", { version: 1 });
    expect([
      back.json.data.workflow.version,
      back.json.data.workflow.publishedVersion,
      back.json.data.workflow.spec,
    ]).toEqual([3, 3, small("x").spec]);
    const { json } = await call("GET", "/api/workflows/rolled/versions");
    expect(
      json.data.versions.map(({ number, note, isCurrent }: { number: number; note: string; isCurrent: boolean }) => [
        number,
        note,
        isCurrent,
      ]),
    ).toEqual([
      [3, "Rolled back to v1", true],
      [2, "Second", false],
      [1, "Initial version", false],
    ]);
    const second = await call("GET", "/api/workflows/rolled/versions/2");
    expect(second.json.data.version.spec.nodes[0].expression).toBe(2);
    expect((await call("GET", "/api/workflows/rolled/versions/9")).status).toBe(404);
    const none = { added: [], removed: [], changed: [] };
    const { diff } = (await call("GET", "/api/workflows/rolled/diff?from=1&to=2")).json.data;
    expect(diff).toEqual({
      nodes: { ...none, changed: ["shape"] },
      edges: none,
      triggers: none,
      config: none,
      inputSchema: false,
      // B-71 the sentences of the page that compares versions
      changes: expect.arrayContaining([
        expect.objectContaining({
          kind: expect.any(String) as string,
          text: expect.stringMatching(/\w+ \w+/) as string,
        }),
      ]) as unknown,
    });
    expect((await call("GET", "/api/workflows/rolled/diff?from=1&to=3")).json.data.diff.nodes).toEqual(none);
  });

  it("are archived when no run is open, and free their slug", async () => {
    await createLive("archived");
    const run = await start("archived");
    const refused = await call("DELETE", "/api/workflows/archived");
    expect([refused.status, refused.json.error.code, refused.json.error.open_runs]).toEqual([
      409,
      "workflow_has_open_runs",
      1,
    ]);
    await call("POST", `/api/v1/workflows/${run.json.data.execution.id}/cancel`);
    expect((await call("DELETE", "/api/workflows/archived")).status).toBe(200);
    expect((await call("GET", "/api/workflows/archived")).status).toBe(404);
    expect((await start("archived")).status).toBe(404);
    await create("archived");
  });
});
