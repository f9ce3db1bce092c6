import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { samples } from "@/server/modules/files/samples.testkit";
import { deleteExpired } from "@/server/modules/retention/service";
import { rehearse, startTest } from "@/server/modules/testing/service";
import { createCaller } from "@/server/routes/root";
import { createPapersScene, own, type PapersScene } from "./papers.testkit";

let scene: PapersScene;
beforeAll(async () => {
  scene = await createPapersScene();
});
afterAll(() => scene.close());

describe("the doors beside the page of a form", () => {
  it("members add files to what asks them, and to nothing else", async () => {
    const { formId } = await scene.asked("team");
    const { owner, admin, viewer } = scene.north.members;
    const path = `/api/v1/forms/${formId}/files?question=contract&name=a.pdf`;
    const by = (key: string) => scene.post(path, new Uint8Array(samples.pdf), { authorization: `Bearer ${key}` });
    const up = await by(owner.apiKey);
    expect(up.status).toBe(200);
    expect([(await by(viewer.apiKey)).status, (await by(scene.south.members.owner.apiKey)).status]).toEqual([403, 404]);
    expect((await by(admin.apiKey)).status).toBe(200);
    const sent = await scene.call("POST", `/api/v1/forms/${formId}/submit`, {
      values: { contract: { id: up.json.id } },
    });
    expect(sent.status).toBe(200);
    expect(await scene.states([up.json.id])).toEqual(["bound"]);
  });

  it("a customer adds files to what their conversation asks them, and to nothing else", async () => {
    const asks = { type: "object", properties: { scan: { type: "string", format: "file" } } };
    await scene.publish(
      "talk",
      { startNodeId: "ask", nodes: [{ id: "ask", type: "collect_form", schema: asks }], edges: [] },
      { triggers: [{ id: "talk", type: "conversation", filter: "trigger.text == 'papers'" }] },
    );
    const { json } = await scene.call("POST", "/api/v1/conversations", { contact: { name: "Jane Doe" } });
    const token = String(json.link).split("/c/")[1] ?? "";
    const customer = createCaller({ actor: null, requestId: "", method: "POST" }).conversations;
    await customer.send({ token, body: "papers" });
    const { forms } = await eventually(
      () => customer.byToken({ token }),
      (page) => page.forms.length > 0,
    );
    const waitpointId = forms[0]?.waitpointId ?? "";
    const by = (link: string, id: string) =>
      scene.post(`/api/files/conversation?question=scan&name=a.pdf&form=${id}`, new Uint8Array(samples.pdf), {
        ...own,
        "holdpoint-link": link,
      });
    const up = await by(token, waitpointId);
    expect(up.status, JSON.stringify(up.json)).toBe(200);
    const other = await scene.asked();
    expect([(await by(`${token}x`, waitpointId)).status, (await by(token, other.formId)).status]).toEqual([404, 404]);
    await customer.submitForm({ token, waitpointId, values: { scan: { id: up.json.id } } });
    expect(await scene.states([up.json.id])).toEqual(["bound"]);
    expect((await customer.byToken({ token })).pastForms[0]?.values).toMatchObject({ scan: { name: "a.pdf" } });
  });

  it("whoever rehearses a test adds files in the place of whom its form is for", async () => {
    const { builder } = scene.north.members;
    const started = await startTest(builder.actor, { slug: "papers", input: {}, allowLive: false });
    if (!started.started) throw new Error("the test asked about live connections");
    const { formId, runId } = await scene.waitingIn(started.runId);
    const path = `/api/v1/forms/${formId}/files?question=contract&name=a.pdf`;
    const up = await scene.post(path, new Uint8Array(samples.pdf), { authorization: `Bearer ${builder.apiKey}` });
    expect(up.status, JSON.stringify(up.json)).toBe(200);
    const act = { type: "answer", outcome: "submitted", values: { contract: { id: up.json.id } } } as const;
    await rehearse(builder.actor, { runId, waitpointId: formId, act });
    expect(await scene.states([up.json.id])).toEqual(["bound"]);
  });
});

describe("how long files are kept", () => {
  it("what nobody sent goes after a day, what was sent goes with its run", async () => {
    const { token, formId, runId } = await scene.asked();
    const [loose, bound] = [await scene.added(token), await scene.added(token)];
    await scene.submit(token, { contract: { id: bound } });
    await scene.database.pool.query(
      "update files set created_at = now() - interval '25 hours' where waitpoint_id = $1",
      [formId],
    );
    expect(await deleteExpired()).toMatchObject({ files: 1 });
    expect(await scene.states([loose, bound])).toEqual(["bound"]);
    await scene.reached(runId, "waiting_approval");
    await scene.call("POST", `/api/v1/workflows/${runId}/cancel`, {});
    await scene.reached(runId, "cancelled");
    await scene.database.pool.query("update workflows set retention_days = 1 where slug = 'papers'");
    await scene.database.pool.query(
      "update runs set created_at = now() - interval '4000 days', ended_at = now() - interval '4000 days' where id = $1",
      [readId("run", runId)],
    );
    expect((await deleteExpired()).runs).toBe(1);
    const { rows } = await scene.database.pool.query(
      "select (select count(*)::int from files where id = $1) as files, (select count(*)::int from file_chunks where file_id = $1) as chunks",
      [bound],
    );
    expect(rows).toEqual([{ files: 0, chunks: 0 }]);
  });
});
