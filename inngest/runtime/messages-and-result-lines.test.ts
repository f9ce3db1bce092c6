import { expect, it } from "vitest";
import { newId } from "@/core/ids";
import { eventually, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { scene, stepOf } from "./waits.testkit";

it("F-17 the result line of a step is what its template says, not raw JSON", async () => {
  scene.answers.set("/preview", { body: { display: "$42.60 prorated", lines: [{ cents: 4260 }] } });
  const flow = await scene.workflow({
    startNodeId: "preview",
    nodes: [
      call("preview", "/preview", { result: "${output.display}" }),
      call("sum", "/preview", { result: "${output.lines[0].cents / 100} for ${input.name}" }),
      call("missing", "/preview", { result: "${output.nothing}" }),
    ],
    edges: edges(["preview", "sum"], ["sum", "missing"]),
  });
  const id = await startTestRun(scene.worker, flow, { name: "Ann" });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect((await stepOf(id, "preview"))?.summary).toBe("$42.60 prorated");
  expect((await stepOf(id, "sum"))?.summary).toMatch(/^42\.6 for Ann$/);
  expect((await stepOf(id, "missing"))?.summary).toBeNull();
});

it("F-20 F-25 notify on two channels writes exactly its two deliveries, also when a second driver asks for the same step", async () => {
  const flow = await scene.workflow({
    startNodeId: "tell",
    nodes: [
      {
        id: "tell",
        type: "notify",
        channels: ["whatsapp", "email"],
        to: "ann@acme.com",
        subject: "Done",
        message: "Hello ${input.name}",
      },
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("act"),
    ],
    edges: edges(["tell", "ask"], ["ask", "act", "approved"]),
  });
  await scene.database.pool.query(
    "insert into contacts (id, organization_id, name, email, phone) values ($1, $2, 'Ann', 'ann@acme.com', '+15550100')",
    [newId(), flow.organizationId],
  );
  const id = await startTestRun(scene.worker, flow, { name: "Ann" });
  const asked = await scene.openWaitpoint(id);
  // What a driver that lost its memory does: it begins with the same step of the same generation.
  await scene.database.pool.query("insert into event_outbox (id, name, data) values ($1, 'run/requested', $2)", [
    newId(),
    { runId: id, generation: 1, first: "tell" },
  ]);
  await scene.database.pool.query("select pg_notify('hp_events', '')");
  await eventually(
    async () => (await scene.database.pool.query("select 1 from event_outbox where name = 'run/requested'")).rowCount,
    (count) => count === 0,
  );
  await scene.worker.executor.idle();
  await scene.resolve(flow.organizationId, asked.id, "approved");
  expect((await scene.finished(id))["status"]).toBe("completed");
  const { rows } = await scene.database.pool.query(
    "select channel, address, subject, body, kind, step_key from deliveries where run_id = $1 and step_key is not null order by channel",
    [id],
  );
  const same = { subject: "Done", body: "Hello Ann", kind: "message", step_key: "tell" };
  expect(rows).toEqual([
    { channel: "email", address: "ann@acme.com", ...same },
    { channel: "whatsapp", address: "+15550100", ...same },
  ]);
  expect(await stepOf(id, "tell")).toMatchObject({
    status: "completed",
    summary: "WhatsApp + Email",
    output: { sent: ["whatsapp", "email"] },
  });
  expect(scene.callsOf(id)).toEqual(["act"]);
});
