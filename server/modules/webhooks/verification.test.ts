import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { callHook, publishHook } from "./webhooks.testkit";

const bench = useWorkflowBench();
const key = () => bench.north().members.owner.apiKey;
const json = { "content-type": "application/json" };
const runsOf = async (slug: string) =>
  (await bench.call("GET", `/api/workflows/${slug}/executions`)).json.data.executions;

describe("K2 senders that check the address first", () => {
  it("GET: the challenge comes back as plain text, before the first publish too, and starts nothing", async () => {
    await bench.create("checked", { triggers: [{ id: "hook", type: "webhook" }] });
    const { url } = (await bench.call("GET", "/api/workflows/checked")).json.data.workflow.triggers[0];
    const answer = await callHook(`${url}?hub.mode=subscribe&hub.challenge=153725&hub.verify_token=x`, {
      method: "GET",
    });
    expect([answer.status, answer.text]).toEqual([200, "153725"]);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await callHook(`${url}?challenge=<b>`, { method: "GET" })).text).toBe("<b>");
    expect((await callHook(`${url}?validationToken=a%20b`, { body: "" })).text).toBe("a b");
    expect((await callHook(url, { method: "HEAD" })).status).toBe(200);
    expect(await runsOf("checked")).toEqual([]);
  });

  it("GET: the token is checked when the trigger names one, also in a draft that was changed", async () => {
    const trigger = { id: "hook", type: "webhook", verifyToken: "first" };
    await bench.create("token", { triggers: [trigger] });
    const { url } = (await bench.call("GET", "/api/workflows/token")).json.data.workflow.triggers[0];
    const check = (token: string) =>
      callHook(`${url}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`, { method: "GET" });
    expect([(await check("first")).text, (await check("other")).status]).toEqual(["1", 403]);
    await bench.call("PATCH", "/api/workflows/token", { triggers: [{ ...trigger, verifyToken: "second" }] });
    expect([(await check("first")).status, (await check("second")).text]).toEqual([403, "1"]);
  });

  it("POST: Slack's check is answered as text, and signed like any call; a body that is a challenge comes back", async () => {
    const secret = "slack-signing-secret";
    const url = await publishHook(key(), "slack", { secret, signature: "slack" });
    const body = '{"type":"url_verification","token":"t","challenge":"abc"}';
    const time = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac("sha256", secret).update(`v0:${time}:${body}`).digest("hex")}`;
    const signed = { ...json, "x-slack-request-timestamp": time, "x-slack-signature": signature };
    const answer = await callHook(url, { body, headers: signed });
    expect([answer.status, answer.text]).toEqual([200, "abc"]);
    expect((await callHook(url, { body, headers: json })).status).toBe(401);
    expect((await callHook(url, { body: '{"challenge":"x1"}', headers: json })).status).toBe(401);
    expect((await callHook(`${url}?validationToken=x2`, { body: "" })).text).toBe("x2");
    const board = await publishHook(key(), "board");
    const echoed = await callHook(board, { body: '{"challenge":"x1"}', headers: json });
    expect([echoed.status, echoed.text]).toEqual([200, '{"challenge":"x1"}']);
    expect(await runsOf("board")).toEqual([]);
    expect((await callHook(board, { body: '{"challenge":"x1","team":2}', headers: json })).status).toBe(202);
  });

  it("a trigger may take challenges as data", async () => {
    const url = await publishHook(key(), "game", { verification: "off" });
    expect((await callHook(url, { body: '{"challenge":"x1"}', headers: json })).status).toBe(202);
    expect((await callHook(`${url}?challenge=1`, { method: "GET" })).status).toBe(405);
  });
});

describe("K2 the form of the answer, and the methods", () => {
  it("only the methods of the trigger start a run; 405 names them", async () => {
    const url = await publishHook(key(), "methods", { methods: ["PUT", "GET"], input: { q: "${request.query}" } });
    expect((await callHook(url, { method: "PUT", body: "{}", headers: json })).status).toBe(202);
    expect((await callHook(`${url}?a=1`, { method: "GET" })).status).toBe(202);
    const refused = await callHook(url, { body: "{}", headers: json });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "PUT, GET"]);
    expect((await callHook(url, { method: "HEAD" })).status).toBe(200);
    expect(await runsOf("methods")).toHaveLength(2);
  });

  it("plain text, empty, and the status that a sender insists on", async () => {
    const text = await publishHook(key(), "text", { answer: "text", answerText: "On it", answerStatus: 200 });
    const said = await callHook(text, { body: "{}", headers: json });
    expect([said.status, said.text, said.headers.get("content-type")]).toEqual([
      200,
      "On it",
      "text/plain; charset=utf-8",
    ]);
    const empty = await publishHook(key(), "empty", { answer: "empty", answerStatus: 204 });
    const nothing = await callHook(empty, { body: "{}", headers: json });
    expect([nothing.status, nothing.text]).toEqual([204, ""]);
    expect(nothing.headers.get("holdpoint-run-id")).toBeTruthy();
  });

  it("a trigger that names a signature takes nothing while it has no secret", async () => {
    const url = await publishHook(key(), "unsigned", { signature: "stripe" });
    const answer = await callHook(url, { body: "{}", headers: json });
    expect([answer.status, JSON.parse(answer.text).error.message]).toEqual([401, expect.stringContaining("no secret")]);
  });

  it("Stripe and Shopify prove themselves", async () => {
    const secret = "whsec_dGhlLXZlcnktc2VjcmV0LXRleHQ=";
    const url = await publishHook(key(), "proven", { secret });
    const mac = (text: string) => createHmac("sha256", secret).update(text);
    const time = String(Math.floor(Date.now() / 1000));
    const call = (headers: Record<string, string>, body: string) =>
      callHook(url, { body, headers: { ...json, ...headers } });
    const stripe = { "stripe-signature": `t=${time},v1=00,v1=${mac(`${time}.{"a":1}`).digest("hex")}` };
    const shopify = { "x-shopify-hmac-sha256": mac('{"a":1}').digest("base64") };
    for (const proof of [stripe, shopify])
      expect([(await call(proof, '{"a":1}')).status, (await call(proof, '{"a":2}')).status]).toEqual([202, 401]);
  });
});
