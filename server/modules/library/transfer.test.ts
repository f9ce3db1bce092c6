import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { kyc } from "@/server/modules/workflows/workflows.testkit";
import { createWorkflow } from "@/server/modules/workflows/service";
import type { TestDatabase } from "@/tests/database";
import { duplicateWorkflow, exportDocument, importDocument, readImport } from "./service";

let database: TestDatabase;
let north: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
});
afterAll(() => database.close());

const builder = () => north.members.builder.actor;

describe("export and import", () => {
  it("K-3 an import exports as it was written, and imports again under a free slug", async () => {
    const { slug } = await importDocument(builder(), JSON.stringify(kyc()));
    expect(slug).toBe("indonesian-kyc-v1");
    const { filename, json } = await exportDocument(builder(), { slug, version: "draft" });
    expect(filename).toBe("indonesian-kyc-v1.json");
    expect(JSON.parse(json)).toEqual(kyc());
    const again = await readImport(builder(), json);
    expect(again.summary).toMatchObject({ name: "Indonesian KYC onboarding", slugTaken: true });
    expect((await importDocument(builder(), json)).slug).toBe("indonesian-kyc-onboarding");
    expect((await exportDocument(north.members.viewer.actor, { slug, version: 1 })).filename).toBe(
      "indonesian-kyc-v1-v1.json",
    );
    await expect(exportDocument(builder(), { slug, version: 9 })).rejects.toMatchObject({ code: "not_found" });
  });

  it("takes a bare spec, and the answer of the API about a workflow", async () => {
    const { spec } = kyc();
    const bare = await readImport(builder(), JSON.stringify(spec));
    expect(bare).toMatchObject({ readable: true, summary: { name: "Imported workflow", slug: null } });
    const wrapped = await readImport(builder(), JSON.stringify({ data: { workflow: { name: "Wrapped", spec } } }));
    expect(wrapped.summary?.name).toBe("Wrapped");
    expect((await importDocument(builder(), JSON.stringify(spec))).slug).toBe("imported-workflow");
  });

  it("says what is wrong with a file, where, and what to do; and saves nothing", async () => {
    const before = await count();
    expect(await readImport(builder(), '{\n  "name": "Desk"\n  "spec": {}\n}')).toEqual({
      readable: false,
      summary: null,
      problems: [
        {
          code: "invalid_json",
          severity: "error",
          path: "",
          message: "A comma is missing before this.",
          line: 3,
          column: 3,
        },
      ],
    });
    const typo = `{\n  "name": "Desk",\n  "spec": {\n    "nodes": [\n      { "id": "a", "type": "aproval" }\n    ]\n  }\n}`;
    expect((await readImport(builder(), typo)).problems).toMatchObject([
      {
        code: "unknown_type",
        path: "spec.nodes[0].type",
        line: 5,
        column: 28,
        message: expect.stringContaining("approval"),
      },
    ]);
    const dangling = JSON.stringify(
      {
        name: "Desk",
        spec: {
          startNodeId: "a",
          nodes: [{ id: "a", type: "wait", duration: "PT1S" }],
          edges: [{ from: "a", to: "b" }],
        },
      },
      null,
      1,
    );
    const read = await readImport(builder(), dangling);
    expect(read.readable).toBe(true);
    expect(read.problems).toMatchObject([{ code: "dangling_edge", severity: "error", line: expect.any(Number) }]);
    expect(dangling.split("\n")[(read.problems[0]?.line ?? 0) - 1]).toMatch(/\{|"to"/);
    for (const text of ["", "[]", '{"name": "x"}', "null"])
      expect(await readImport(builder(), text)).toMatchObject({ readable: false, problems: [{ line: 1 }] });
    expect(await count()).toBe(before);
  });

  it.each([
    ["a name that cannot be stored", String.raw`{"name":"D","triggers":[{"id":"t","type":"form","\u0000":"x"}],`],
    ["a text that cannot be stored", String.raw`{"name":"D","triggers":[{"id":"t","type":"form","label":"\ud800"}],`],
    ["a name that every object has", '{"name":"D","variables":{"__proto__":1},'],
  ])("S6 does not let in with a file what the gate for values keeps out: %s", async (_, start) => {
    const text = `${start}\n"spec":{"nodes":[{"id":"a","type":"wait","duration":"PT1S"}],"edges":[]}}`;
    const before = await count();
    const { readable, problems } = await readImport(builder(), text);
    expect({ readable, problems }).toMatchObject({ readable: false, problems: [{ code: "invalid_json", line: 1 }] });
    expect(problems[0]?.message).toMatch(/^What stands here (contains a character|must not be there)/);
    await expect(importDocument(builder(), text)).rejects.toMatchObject({ code: "invalid_json" });
    expect(await count()).toBe(before);
  });

  it("refuses with a sentence what it cannot import, and people without the right", async () => {
    await expect(importDocument(builder(), "{ nope")).rejects.toMatchObject({
      code: "invalid_json",
      message: expect.stringContaining("line 1, column 3"),
    });
    await expect(importDocument(builder(), "[]")).rejects.toMatchObject({ code: "validation_failed" });
    await expect(importDocument(north.members.viewer.actor, JSON.stringify(kyc()))).rejects.toMatchObject({
      code: "missing_scope",
    });
  });

  it("exports the edits of the draft, and versions without them", async () => {
    const document: JsonObject = {
      name: "Edited",
      spec: { nodes: [{ id: "a", type: "wait", duration: "PT1S" }], startNodeId: "a", edges: [] },
    };
    const { workflow, head } = await createWorkflow(builder(), document);
    const spec = { ...(head.spec as JsonObject), nodes: [{ id: "a", type: "wait", duration: "PT9S" }] };
    await database.pool.query(
      "insert into workflow_drafts (workflow_id, organization_id, revision, base_version, spec, source, triggers, config, created_by_id, updated_by_id, updated_at) values ($1, $2, 1, 1, $3, $4, $5, $6, $7, $7, now())",
      [
        workflow.id,
        north.id,
        JSON.stringify(spec),
        JSON.stringify(head.source),
        JSON.stringify(head.triggers),
        JSON.stringify(head.config),
        builder().userId,
      ],
    );
    const draft = await exportDocument(builder(), { slug: "edited", version: "draft" });
    const version = await exportDocument(builder(), { slug: "edited", version: 1 });
    expect([draft.json.includes("PT9S"), version.json.includes("PT9S")]).toEqual([true, false]);
    expect((await duplicateWorkflow(builder(), "edited")).slug).toBe("copy-of-edited");
  });
});

async function count(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>("select count(*)::int as n from workflows");
  return rows[0]?.n ?? 0;
}
