import { expect, it } from "vitest";
import { newId } from "@/core/ids";
import { eventually, readRun, startTestRun } from "./runtime.testkit";
import { approvalFlow, call, database, finished, openWaitpoint, resolve, worker, workflow } from "./one-worker.testkit";

it("K-25 a duration waits as a row and goes on", async () => {
  const flow = await workflow({
    startNodeId: "a",
    nodes: [call("a"), { id: "nap", type: "wait", duration: "PT0.2S" }, call("b")],
    edges: [
      { from: "a", to: "nap" },
      { from: "nap", to: "b" },
    ],
  });
  const id = await startTestRun(worker, flow);
  expect((await finished(id))["status"]).toBe("completed");
});

it("K-27 a wait of hours hibernates: the run is a row, with no job and no memory of it needed", async () => {
  const flow = await workflow({
    startNodeId: "a",
    nodes: [call("a"), { id: "nap", type: "wait", duration: "PT2H" }, call("b")],
    edges: [
      { from: "a", to: "nap" },
      { from: "nap", to: "b" },
    ],
  });
  const id = await startTestRun(worker, flow);
  const run = await eventually(
    () => readRun(database.pool, id),
    (seen) => seen["parked_by"] !== null,
  );
  expect(run["status"]).toBe("waiting_async");
  await eventually(
    () => worker.executor.isAtRest(String(run["parked_by"])),
    (atRest) => atRest,
  );
  const due = (run["next_due_at"] as Date).getTime() - (run["started_at"] as Date).getTime();
  expect(due).toBeGreaterThan(7_100_000);
});

it("A-12 A-13 A-14 pause stops before the next step, resume goes on, cancel closes what is open", async () => {
  const flow = await workflow(approvalFlow);
  const id = await startTestRun(worker, flow);
  const waitpoint = await openWaitpoint(id);
  const control = (verb: string, from: string[]) =>
    worker.store.control({
      id,
      org: flow.organizationId,
      verb,
      from,
      actor: { name: "Kim" },
      eventId: newId(),
      reason: "because",
    });
  expect(await control("pause", ["waiting_approval"])).toMatchObject({ ok: true });
  await resolve(flow.organizationId, waitpoint, "approved");
  expect((await readRun(database.pool, id))["status"]).toBe("paused");
  expect(await control("resume", ["paused"])).toMatchObject({ ok: true });
  expect((await finished(id))["status"]).toBe("completed");

  const other = await startTestRun(worker, flow);
  const open = await openWaitpoint(other);
  await worker.store.control({
    id: other,
    org: flow.organizationId,
    verb: "cancel",
    from: ["waiting_approval"],
    actor: {},
    eventId: newId(),
    reason: "no longer wanted",
  });
  expect(await readRun(database.pool, other)).toMatchObject({
    status: "cancelled",
    cancel_reason: "no longer wanted",
  });
  expect(await resolve(flow.organizationId, open, "approved")).toMatchObject({ ok: false, status: "cancelled" });
});
