import { expect, it, vi } from "vitest";
import { newId } from "@/core/ids";
import { eventually, readRun, readSteps, startTestRun } from "./runtime.testkit";
import { patient } from "./patience.testkit";
import { call, database, echo, finished, isOver, worker, workflow } from "./one-worker.testkit";

it("A-2 A-19 A-21 runs five durable steps in order and gives the last output", async () => {
  const five = await workflow({
    startNodeId: "a",
    nodes: ["a", "b", "c", "d", "e"].map((id) => call(id)),
    edges: [
      ["a", "b"],
      ["b", "c"],
      ["c", "d"],
      ["d", "e"],
    ].map(([from, to]) => ({ from, to })),
  });
  const id = await startTestRun(worker, five);
  const run = await finished(id);
  expect(run["error"]).toBeNull();
  expect(run["status"]).toBe("completed");
  expect((await readSteps(database.pool, id)).map((step) => [step.key, step.status])).toEqual(
    ["a", "b", "c", "d", "e"].map((key) => [key, "completed"]),
  );
  expect(run["output"]).toMatchObject({ path: "/e" });
  const keys = echo.calls.filter((made) => made.key.startsWith(id)).map((made) => made.key);
  expect(keys).toEqual(["a", "b", "c", "d", "e"].map((node) => `${id}:${node}`));
});

it("A-4 a failing call is retried with backoff until it succeeds, and its failed tries are kept", async () => {
  const flow = await workflow({
    startNodeId: "a",
    nodes: [call("a", "/flaky", { retry: { maxAttempts: 3, backoff: 20, retryOn: ["5xx"] } })],
    edges: [],
  });
  const id = await startTestRun(worker, flow);
  expect((await finished(id))["status"]).toBe("completed");
  expect((await readSteps(database.pool, id))[0]).toMatchObject({ key: "a", attempt: 3 });
});

it("A-22 a step that keeps failing fails the run, and A-15 retry goes on from it", async () => {
  const flow = await workflow({
    startNodeId: "a",
    nodes: [call("a"), call("b", "/broken", { retry: { maxAttempts: 2, backoff: 10 } })],
    edges: [{ from: "a", to: "b" }],
  });
  const id = await startTestRun(worker, flow);
  expect(await finished(id)).toMatchObject({ status: "failed", failure_reason: "step_failed" });
  await worker.store.control({
    id,
    org: flow.organizationId,
    verb: "retry",
    from: ["failed"],
    supersede: [],
    actor: { name: "Kim" },
    eventId: newId(),
    reason: null,
  });
  await eventually(
    async () => echo.calls.filter((made) => made.key.startsWith(`${id}:b`)).length,
    (count) => count === 4,
  );
  expect((await finished(id))["status"]).toBe("failed");
  expect(echo.calls.filter((made) => made.key === `${id}:a`)).toHaveLength(1);
});

it("M-9 a loop runs its body for each item and collects results in item order", async () => {
  const flow = await workflow({
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "${input.names}",
        itemName: "name",
        concurrency: 2,
        body: {
          startNodeId: "hi",
          nodes: [
            { id: "hi", type: "service_call", service: "echo", method: "POST", path: "/hi-${name}" },
            {
              id: "shape",
              type: "transform",
              expression: { name: "${name}", n: "${index + 1}", path: "${step.hi.output.path}" },
            },
          ],
          edges: [{ from: "hi", to: "shape" }],
        },
      },
      { id: "out", type: "output", output: { greeted: "${step.each.output}" } },
    ],
    edges: [{ from: "each", to: "out" }],
  });
  const id = await startTestRun(worker, flow, { names: ["ann", "bo", "cy"] });
  const run = await finished(id);
  expect(run["error"]).toBeNull();
  expect(run["output"]).toEqual({
    greeted: ["ann", "bo", "cy"].map((name, index) => ({ name, n: index + 1, path: `/hi-${name}` })),
  });
});

it("a run of more steps than one driver takes is handed over and ends", async () => {
  const flow = await workflow({
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "${input.list}",
        concurrency: 1,
        body: { startNodeId: "hi", nodes: [call("hi")], edges: [] },
      },
    ],
    edges: [],
  });
  const commits = vi.spyOn(worker.store, "commit");
  const id = await startTestRun(worker, flow, { list: Array.from({ length: 320 }, (_, index) => index) });
  const run = await eventually(() => readRun(database.pool, id), isOver, patient(60_000));
  expect(run["error"]).toBeNull();
  expect(run["status"]).toBe("completed");
  // The next one goes on where this one was, in the same generation: nothing of other branches is cut off.
  expect(run["generation"]).toBe(1);
  const sent = commits.mock.calls.flatMap(
    ([
      {
        run: { id: of },
        events = [],
      },
    ]) => (of === id ? events : []),
  );
  expect(sent).toMatchObject([{ name: "run/requested", data: { told: { next: [{ key: "hi[300]" }] } } }]);
  expect(echo.calls.filter((made) => made.key.startsWith(`${id}:hi`))).toHaveLength(320);
});
