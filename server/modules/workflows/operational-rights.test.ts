import { expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember } from "@/server/auth/identity.testkit";
import { listAudit } from "@/server/modules/audit/service";
import { listConnections } from "@/server/modules/connections/service";
import { listMembers } from "@/server/modules/members/service";
import { useWorkflowBench } from "./workflows.testkit";

const bench = useWorkflowBench();

it("3.22 L19 what acts at once on a live workflow needs the right to publish, by whatever way", async () => {
  await bench.createLive("switched");
  const { apiKey } = await addTestMember({
    organizationId: bench.north().id,
    role: "builder",
    email: "writer@north.holdpoint.test",
    scopes: ["workflows:read", "workflows:write"],
  });
  for (const config of [{ enabled: false }, { whileDraft: "serve_published" }]) {
    const refused = await rest(apiKey, "PATCH", "/api/workflows/switched", { config });
    expect([refused.status, refused.json.error.code]).toEqual([403, "missing_scope"]);
  }
  expect((await rest(apiKey, "PATCH", "/api/workflows/switched", { name: "Switched" })).status).toBe(200);
  expect((await bench.call("PATCH", "/api/workflows/switched", { config: { enabled: false } })).status).toBe(200);
});

it("3.22 services ask for their right themselves", async () => {
  const { actor } = bench.north().members.viewer;
  const nobody = { ...actor, scopes: new Set<never>() };
  const page = { limit: 1, offset: 0 };
  for (const call of [() => listAudit(nobody, page), () => listConnections(nobody, page), () => listMembers(nobody)])
    await expect(call()).rejects.toMatchObject({ code: "missing_scope" });
});

it("B-43 a change names what nobody may set", async () => {
  await bench.create("changed");
  const { status, json } = await bench.call("PATCH", "/api/workflows/changed", {
    version: 9,
    status: "active",
    nmae: "x",
  });
  expect([
    status,
    json.error.details.map(({ path, message }: { path: string; message: string }) => [path, message]),
  ]).toEqual([
    422,
    [
      ["status", expect.stringContaining("Publish or retire the workflow")],
      ["version", expect.stringContaining("go back with rollback")],
      ["nmae", 'There is no field "nmae" here. Did you mean "name"?'],
    ],
  ]);
});
