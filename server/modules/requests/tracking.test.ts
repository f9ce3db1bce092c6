import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { env } from "@/server/env";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { createCaller } from "@/server/routes/root";
import { runToken } from "@/server/step-token";

/** Row 51, A42: the page where somebody outside follows what they asked for. */

let scene: RunsScene;
let form = "";
const outside = createCaller({ actor: null, requestId: "test", method: "POST" });
beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish(
    "days",
    {
      startNodeId: "tell",
      nodes: [
        { id: "tell", type: "transform", expression: { where: "${run.tracking}" } },
        { id: "decide", type: "approval", assignTo: "role:operator", context: { headline: "Days off" } },
        { id: "end", type: "end" },
      ],
      edges: [edge("tell", "decide"), edge("decide", "end", "approved"), edge("decide", "end", "rejected")],
      inputSchema: { type: "object", properties: { name: { type: "string" } } },
    },
    { triggers: [{ id: "form", type: "form" }] },
  );
  const owner = createCaller({ actor: scene.north.members.owner.actor, requestId: "test" });
  form = (await owner.triggers.state({ slug: "days" })).triggers[0]?.url?.split("/f/")[1] ?? "";
});
afterAll(() => scene.close());

async function send(): Promise<{ runId: string; token: string }> {
  const submission = { token: form, values: { name: "Jane" }, submissionId: randomUUID() };
  const { reference, trackingUrl } = await outside.triggers.submitIntake(submission);
  expect(trackingUrl).toMatch(/\/r\/[\w-]{44,}$/);
  await scene.reached(reference, "waiting_approval");
  return { runId: readId("run", reference) ?? "", token: trackingUrl.split("/r/")[1] ?? "" };
}
const shown = async (token: string) => {
  const page = await outside.requests.tracked({ token });
  return page.state === "shown" ? page : null;
};
const decide = async (runId: string, verb: string, body: object) => {
  const { json } = await scene.call("GET", `/api/v1/runs/${runId}`);
  const { apiKey } = scene.north.members.operator;
  expect(await rest(apiKey, "POST", `/api/v1/approvals/${String(json.approvals[0].id)}/${verb}`, body)).toMatchObject({
    status: 200,
  });
};

describe("51 a request is followed from outside", () => {
  it("says how it stands without names, and looking changes nothing, nor is it done with GET", async () => {
    const { runId, token } = await send();
    const rows = () =>
      scene.database.pool.query("select r.*, (select count(*) from audit_entries) as audit from runs r where id = $1", [
        runId,
      ]);
    const before = (await rows()).rows;
    const page = await shown(token);
    expect(page).toMatchObject({
      organization: "north",
      request: { state: "waiting_for_people", label: "Waiting for our team to decide", mayNudge: true, usual: null },
      words: [],
    });
    expect(JSON.stringify(page)).not.toContain("operator");
    expect((await rows()).rows).toEqual(before);
    const scanner = createCaller({ actor: null, requestId: "test", method: "GET" }).requests;
    await expect(scanner.tracked({ token })).rejects.toThrow("POST");
    await expect(scanner.withdrawTracked({ token })).rejects.toThrow("POST");
  });

  it("a refusal shows what was said to them, and neither who said it nor what colleagues said", async () => {
    const { runId, token } = await send();
    await decide(runId, "reject", { comment: "No budget", message_to_requester: "Not this year, sorry." });
    await scene.reached(runId, "completed");
    const page = await shown(token);
    expect(page).toMatchObject({
      request: { state: "declined", label: "Declined", steps: [] },
      words: [{ text: "Not this year, sorry.", by: null }],
    });
    expect(JSON.stringify(page)).not.toContain("No budget");
  });

  it("is asked about once in four hours, and withdrawn with a reason, under the same rules as in a conversation", async () => {
    const { runId, token } = await send();
    await outside.requests.nudgeTracked({ token });
    await expect(outside.requests.nudgeTracked({ token })).rejects.toThrow("You asked a short time ago");
    expect((await shown(token))?.request).toMatchObject({ mayNudge: false, nudgedAt: expect.any(String) });
    await Promise.all([1, 2].map(() => outside.requests.withdrawTracked({ token, reason: "Found another way" })));
    expect((await shown(token))?.request).toMatchObject({ state: "cancelled", label: "You withdrew it" });
    const { rows } = await scene.database.pool.query("select cancel_reason from runs where id = $1", [runId]);
    expect(rows).toEqual([{ cancel_reason: "withdrawn by the requester: Found another way" }]);
    await expect(outside.requests.nudgeTracked({ token })).rejects.toThrow("over already");
  });

  it("hears that its own request changed", async () => {
    const { runId, token } = await send();
    const stream = await outside.requests.news({ newsKey: (await shown(token))?.newsKey ?? "" });
    const news = stream[Symbol.asyncIterator]();
    expect((await news.next()).value).toEqual({ news: true });
    const next = news.next();
    await decide(runId, "approve", {});
    expect((await next).value).toEqual({ news: true });
    await news.return?.(undefined);
  });

  it("opens with its own address alone, and no more ninety days after the end", async () => {
    const { runId, token } = await send();
    const { newsKey = "" } = (await shown(token)) ?? {};
    const forged = runToken(`${env().NEXTAUTH_SECRET}x`, "tracking", runId);
    const elsewhere = runToken(env().NEXTAUTH_SECRET, "tracking", randomUUID());
    for (const wrong of [forged, elsewhere, newsKey, "x".repeat(48)])
      for (const act of ["tracked", "nudgeTracked", "withdrawTracked"] as const)
        await expect(outside.requests[act]({ token: wrong })).rejects.toThrow("does not open a request");
    await expect(
      outside.requests.news({ newsKey: token }).then((news) => news[Symbol.asyncIterator]().next()),
    ).rejects.toThrow("does not open a request");
    await outside.requests.withdrawTracked({ token });
    await scene.database.pool.query("update runs set ended_at = now() - interval '91 days' where id = $1", [runId]);
    expect(await outside.requests.tracked({ token })).toEqual({ organization: "north", state: "expired" });
    await expect(outside.requests.withdrawTracked({ token })).rejects.toThrow("This link has expired.");
  });
});

describe("51 the address of the page", () => {
  it("is given to steps, and over the API to who may control runs; nobody else reads it anywhere", async () => {
    const { runId, token } = await send();
    const { rows } = await scene.database.pool.query(
      "select output->>'where' as address from step_runs where run_id = $1 and key = 'tell'",
      [runId],
    );
    expect(rows[0]?.address).toMatch(new RegExp(`/r/${token}$`));
    const { operator, approver } = scene.north.members;
    expect((await rest(operator.apiKey, "GET", `/api/v1/runs/${runId}`)).json.tracking_url).toContain(token);
    const others = await rest(approver.apiKey, "GET", `/api/v1/runs/${runId}`);
    expect([others.json.tracking_url, JSON.stringify(others.json).includes(token)]).toEqual([null, false]);
    const screen = createCaller({ actor: operator.actor, requestId: "test" });
    expect(JSON.stringify(await screen.runs.get({ id: runId }))).not.toContain(token);
  });

  it("is not told of a run that a member asked for", async () => {
    const runId = await scene.start("days", { name: "Max" });
    await scene.reached(runId, "waiting_approval");
    expect((await scene.call("GET", `/api/v1/runs/${runId}`)).json.tracking_url).toBe(null);
  });
});
