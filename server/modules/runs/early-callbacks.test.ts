import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { keyRing } from "@/server/auth/key-ring";
import { callbackContext } from "@/server/integrations/secrets/key-ring";
import { rest, type RestAnswer } from "@/server/api/rest/client.testkit";
import { env } from "@/server/env";
import { readStepToken, stepToken } from "@/server/step-token";
import { createRunsScene, type RunsScene } from "./runs.testkit";

/** B-13: the address of a wait is handed out before the wait begins. */

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("pay", {
    startNodeId: "address",
    nodes: [
      { id: "address", type: "transform", expression: { url: "${run.callback('paid')}" } },
      { id: "ask", type: "approval", assignTo: "role:owner" },
      { id: "paid", type: "wait", callback: true },
      { id: "out", type: "output", output: { told: "${step.address.output.url}", got: "${step.paid.output}" } },
    ],
    edges: [
      { from: "address", to: "ask" },
      { from: "ask", to: "paid", case: "approved" },
      { from: "paid", to: "out" },
    ],
  });
});
afterAll(() => scene.close());

const call = (url: string, body: unknown): Promise<RestAnswer> => rest("", "POST", new URL(url).pathname, body);

async function handedOut(runId: string): Promise<string> {
  const { rows } = await scene.database.pool.query<{ url: string }>(
    "select output->>'url' as url from step_runs where run_id = $1 and key = 'address'",
    [inDatabase(runId)],
  );
  return rows[0]?.url ?? "";
}

async function approve(runId: string): Promise<void> {
  const { rows } = await scene.database.pool.query<{ id: string }>(
    "select id from waitpoints where run_id = $1 and kind = 'approval'",
    [inDatabase(runId)],
  );
  const path = `/api/v1/approvals/${rows[0]?.id ?? ""}/approve`;
  expect(await scene.call("POST", path, {})).toMatchObject({ status: 200 });
}

async function waitingForApproval(): Promise<{ id: string; url: string }> {
  const id = await scene.start("pay");
  await scene.reached(id, "waiting_approval");
  return { id, url: await handedOut(id) };
}

async function outputOf(runId: string): Promise<unknown> {
  const { rows } = await scene.database.pool.query<{ output: unknown }>("select output from runs where id = $1", [
    inDatabase(runId),
  ]);
  return rows[0]?.output;
}

const inDatabase = (id: string): string => readId("run", id) ?? id;

it("B-13 M11 the address is shown at the step that waits, to those who may answer, and nowhere else in the run", async () => {
  const { id, url } = await waitingForApproval();
  const token = url.split("/").at(-1) ?? "";
  expect(token.length).toBeGreaterThan(15);
  for (const path of ["", "/steps", "/events", "/steps/address"]) {
    const { json, status } = await rest(scene.north.members.viewer.apiKey, "GET", `/api/v1/runs/${id}${path}`);
    if (status === 404) continue;
    expect(JSON.stringify(json), path).not.toContain(token);
  }
  const owned = await scene.call("GET", `/api/v1/runs/${id}`);
  expect(JSON.stringify(owned.json.steps)).toContain("/api/callbacks/••••");
});

describe("B-13 run.callback", () => {
  it("B-13 gives the address that the wait has when it begins", async () => {
    const { id, url } = await waitingForApproval();
    expect(url).toContain("/api/callbacks/");
    await approve(id);
    await scene.reached(id, "waiting_async");
    const { rows } = await scene.database.pool.query<{ id: string; organizationId: string; sealed: string }>(
      `select id, organization_id as "organizationId", request->>'callbackUrlSealed' as sealed from waitpoints
        where run_id = $1 and kind = 'callback'`,
      [inDatabase(id)],
    );
    expect(rows.map((row) => keyRing().open(row.sealed, callbackContext(row.organizationId, row.id)))).toEqual([url]);
    expect(await call(url, { paid: 1 })).toMatchObject({ status: 200, json: { status: "received" } });
    const run = await scene.reached(id, "completed");
    // Those who read the run are not told where to answer for others.
    expect(run.output).toEqual({ told: expect.stringContaining("/api/callbacks/••••"), got: { paid: 1 } });
    expect(await outputOf(id)).toEqual({ told: url, got: { paid: 1 } });
  });

  it("B-13 an early call is kept and taken when the wait begins; the second one, early or late, is refused alike", async () => {
    const { id, url } = await waitingForApproval();
    expect(await call(url, { paid: "early" })).toMatchObject({ status: 200, json: { status: "received" } });
    const second = await call(url, { paid: "again" });
    expect(second).toMatchObject({ status: 409, json: { error: { code: "waitpoint_already_resolved" } } });
    await approve(id);
    expect((await scene.reached(id, "completed")).output).toMatchObject({ got: { paid: "early" } });
    const late = await call(url, { paid: "late" });
    expect(late.status).toBe(second.status);
    // Whoever asks is told of one first call: who it was, when it came and what became of it.
    expect(late.json.error).toEqual({ ...second.json.error, requestId: late.json.error.requestId });
    const { rows } = await scene.database.pool.query("select 1 from early_callbacks where run_id = $1", [
      inDatabase(id),
    ]);
    expect(rows).toEqual([]);
  });

  it("B-13 an address counts for its own run and step only", async () => {
    const [mine, other] = [await waitingForApproval(), await waitingForApproval()];
    expect(mine.url).not.toBe(other.url);
    const proof = Buffer.from(mine.url.slice(mine.url.lastIndexOf("/") + 1), "base64url");
    const foreign = Buffer.from(other.url.slice(other.url.lastIndexOf("/") + 1), "base64url");
    foreign.set(proof.subarray(16, 32), 16);
    const forged = new URL(`/api/callbacks/${foreign.toString("base64url")}`, other.url).href;
    expect(await call(forged, { paid: "forged" })).toMatchObject({ status: 404 });
    expect(await call(mine.url, { paid: "mine" })).toMatchObject({ status: 200 });
    await approve(other.id);
    await scene.reached(other.id, "waiting_async");
    await approve(mine.id);
    expect((await scene.reached(mine.id, "completed")).output).toMatchObject({ got: { paid: "mine" } });
  });

  it("B-13 in a loop it is the address of the same pass", async () => {
    await scene.publish("each", {
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "input.list",
          body: {
            startNodeId: "address",
            nodes: [
              { id: "address", type: "transform", expression: { url: "${run.callback('paid')}" } },
              { id: "paid", type: "wait", callback: true },
              { id: "out", type: "output", output: { told: "${step.address.output.url}", got: "${step.paid.output}" } },
            ],
            edges: [
              { from: "address", to: "paid" },
              { from: "paid", to: "out" },
            ],
          },
        },
        { id: "all", type: "output", output: "${step.each.output}" },
      ],
      edges: [{ from: "each", to: "all" }],
    });
    const id = await scene.start("each", { list: ["a", "b"] });
    const addressOf = (pass: number): string => {
      const token = stepToken(env().NEXTAUTH_SECRET, "callback", {
        runId: inDatabase(id),
        key: `paid[${String(pass)}]`,
      });
      return `http://127.0.0.1:1/api/callbacks/${token}`;
    };
    const urls = [addressOf(0), addressOf(1)];
    for (const [pass, url] of urls.entries()) expect(await call(url, { pass })).toMatchObject({ status: 200 });
    await scene.reached(id, "completed");
    expect(await outputOf(id)).toEqual(urls.map((told, pass) => ({ told, got: { pass } })));
  });

  it("B-13 the run of an early call must still go on", async () => {
    const { id, url } = await waitingForApproval();
    expect(await scene.call("POST", `/api/v1/workflows/${id}/cancel`)).toMatchObject({ status: 200 });
    await scene.reached(id, "cancelled");
    expect(await call(url, {})).toMatchObject({ status: 409, json: { error: { code: "waitpoint_already_resolved" } } });
  });

  it("B-13 a token tells its place to nobody who changes it", () => {
    const place = { runId: crypto.randomUUID(), key: "wait[0.2]" };
    const secret = env().NEXTAUTH_SECRET;
    expect(readStepToken(secret, "callback", stepToken(secret, "callback", place))).toEqual(place);
    expect(readStepToken(`${secret}x`, "callback", stepToken(secret, "callback", place))).toBeNull();
    expect(readStepToken(secret, "callback", "short")).toBeNull();
  });
});
