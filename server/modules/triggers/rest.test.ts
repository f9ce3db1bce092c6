import { expect, it } from "vitest";
import { callsWritten } from "@/server/modules/webhooks/service";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();

it("B-42 the triggers of a workflow over REST: addresses, next times, calls, and a refused call driven again", async () => {
  await bench.create("listed", {
    triggers: [
      { id: "hook", type: "webhook" },
      { id: "clock", type: "schedule", cron: "0 9 * * 1-5", timezone: "Asia/Jakarta" },
    ],
  });
  const triggers = async () => (await bench.call("GET", "/api/workflows/listed/triggers")).json.data.triggers;
  const [{ url }] = await triggers();
  await post(url, '{"n":1}', { "webhook-id": "m-1" });
  await callsWritten();
  const { calls } = (await bench.call("GET", "/api/workflows/listed/triggers/hook/calls?limit=5")).json.data;
  expect(calls).toMatchObject([
    { status: 409, body: { n: 1 }, deliveryId: "m-1", warnings: [], runId: null, request: { method: "POST" } },
  ]);
  await bench.call("POST", "/api/workflows/listed/publish");
  const [, clock] = await triggers();
  expect(clock).toMatchObject({ type: "schedule", live: "yes" });
  expect(clock.nextTimes).toHaveLength(5);
  expect(clock.nextTimes.every((time: string) => time.endsWith("T02:00:00.000Z"))).toBe(true);
  const path = `/api/workflows/listed/triggers/hook/calls/${calls[0].id}/redrive`;
  const driven = await bench.call("POST", path);
  expect([driven.status, (await bench.call("POST", path)).json]).toEqual([202, driven.json]);
  for (const wrong of [path.replace(calls[0].id, "nothing"), path.replace("/hook/", "/clock/")])
    expect((await bench.call("POST", wrong)).status).toBe(404);
});
