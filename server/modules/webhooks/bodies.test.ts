import { describe, expect, it } from "vitest";
import { hotPool } from "@/server/db/pools";
import { triggersApi } from "@/server/modules/triggers/triggers.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { callsWritten } from "./service";
import { callHook, inputOf, publishHook } from "./webhooks.testkit";

const bench = useWorkflowBench();
const key = () => bench.north().members.owner.apiKey;
const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const whole = { input: { got: "${trigger}" } };

describe("K1 B-28 what senders send", () => {
  it.each<[string, Record<string, string>, string | Uint8Array<ArrayBuffer>, unknown]>([
    [
      "a form, repeats as lists",
      form,
      "From=%2B4930&tag=a&tag=b&empty=",
      { From: "+4930", tag: ["a", "b"], empty: "" },
    ],
    [
      "a form with its JSON in payload",
      form,
      `payload=${encodeURIComponent('{"action":"opened","n":1}')}`,
      { payload: { action: "opened", n: 1 } },
    ],
    ["a form with a character that stands for broken ones", form, "a=%EF%BF%BD", { a: "\ufffd" }],
    [
      "a form in a character set of its own",
      { "content-type": `${form["content-type"]}; charset=iso-8859-1` },
      "a=%E9",
      { a: "é" },
    ],
    ["JSON with a byte order mark", json, '\ufeff{"id":7}', { id: 7 }],
    [
      "JSON in Latin-1",
      { "content-type": "application/json; charset=iso-8859-1" },
      new Uint8Array(
        Array.from('{"name":"Jos')
          .map((c) => c.charCodeAt(0))
          .concat(0xe9, 0x22, 0x7d),
      ),
      { name: "José" },
    ],
    ["JSON under a type of its own", { "content-type": "application/vnd.api+json" }, '{"a":1}', { a: 1 }],
    ["JSON without a type", {}, '{"a":1}', { a: 1 }],
    ["nothing", json, "", {}],
    ["a list", json, "[1,2]", [1, 2]],
    ["a single value", json, '"hi"', "hi"],
    ["text", { "content-type": "text/plain; charset=utf-8" }, "hi\nthere", { text: "hi\nthere" }],
    ["XML", { "content-type": "application/xml" }, "<a>ü</a>", { text: "<a>ü</a>" }],
    [
      "bytes",
      { "content-type": "application/pdf" },
      new Uint8Array([1, 2, 255]),
      { base64: "AQL/", type: "application/pdf", size: 3 },
    ],
  ])("%s", async (name, headers, body, expected) => {
    const url = await publishHook(key(), name.replace(/\W+/g, "-").toLowerCase(), whole);
    const answer = await callHook(url, { body, headers });
    expect(answer.status).toBe(202);
    expect(await inputOf(JSON.parse(answer.text).run_id)).toEqual({ got: expected });
  });

  it.each([
    ["form-nul", form, "b=x%00y", { b: "xy" }],
    ["text-nul", { "content-type": "text/plain; charset=utf-8" }, "x\0y", { text: "xy" }],
  ])("what had to be changed is said at the call: %s", async (slug, headers, body, expected) => {
    const url = await publishHook(key(), slug, whole);
    const answer = await callHook(url, { body, headers });
    expect(await inputOf(JSON.parse(answer.text).run_id)).toEqual({ got: expected });
    await callsWritten();
    const { rows } = await hotPool().query<{ warnings: string[] }>(
      "select c.warnings from webhook_calls c join workflows w on w.id = c.workflow_id where w.slug = $1",
      [slug],
    );
    expect(rows).toEqual([{ warnings: [expect.stringContaining("NUL was left out")] }]);
  });

  it("multipart: fields, and files with their bytes", async () => {
    const url = await publishHook(key(), "multipart", whole);
    const body = new FormData();
    body.append("note", "hello");
    body.append("file", new File(["abc"], "a.txt", { type: "text/plain" }));
    const answer = await callHook(url, { body });
    expect(await inputOf(JSON.parse(answer.text).run_id)).toEqual({
      got: {
        note: "hello",
        file: { base64: "YWJj", type: expect.stringMatching(/^text\/plain/), size: 3, name: "a.txt" },
      },
    });
  });

  it.each<[string, Record<string, string>, string | Uint8Array<ArrayBuffer>, number, string]>([
    ["broken JSON", json, '{"a":', 400, "invalid_json"],
    [
      "bytes that are not the UTF-8 they claim",
      { "content-type": "application/json; charset=utf-8" },
      new Uint8Array([0x22, 0xff, 0x22]),
      400,
      "bad_request",
    ],
    ["a form whose fields are no UTF-8", form, "name=Jos%E9", 400, "bad_request"],
    ["a form whose names are no UTF-8", form, "n%FFme=a", 400, "bad_request"],
    [
      "a form in Japanese that is none",
      { "content-type": "application/x-www-form-urlencoded; charset=shift_jis" },
      "name=%FF%FF",
      400,
      "bad_request",
    ],
    [
      "multipart whose fields are no UTF-8",
      { "content-type": "multipart/form-data; boundary=x" },
      new Uint8Array(
        Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nJos\xe9\r\n--x--\r\n', "latin1"),
      ),
      400,
      "bad_request",
    ],
    [
      "a character set that nobody knows",
      { "content-type": "application/json; charset=klingon" },
      new Uint8Array([0x22, 0xff, 0x22]),
      415,
      "unsupported_media_type",
    ],
    ["multipart without its boundary", { "content-type": "multipart/form-data" }, "--x", 400, "bad_request"],
    ["compressed bytes", { ...json, "content-encoding": "gzip" }, "{}", 415, "unsupported_media_type"],
    ["a NUL", json, String.raw`{"a":"\u0000"}`, 422, "validation_failed"],
    ["K19 a name of Object.prototype", json, '{"constructor":1}', 422, "validation_failed"],
  ])("%s is refused by name", async (name, headers, body, status, code) => {
    const url = await publishHook(key(), name.replace(/\W+/g, "-").toLowerCase());
    const answer = await callHook(url, { body, headers });
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([status, code]);
  });

  it("K3 numbers keep their digits, and the call says so; what is beyond all numbers is refused with its place", async () => {
    const url = await publishHook(key(), "digits");
    const answer = await callHook(url, { body: '{"id":8202522731445525542,"n":1.5}', headers: json });
    expect(await inputOf(JSON.parse(answer.text).run_id)).toEqual({ id: "8202522731445525542", n: 1.5 });
    const infinite = await callHook(url, { body: '{"a":[{"n":1e400}]}', headers: json });
    expect([infinite.status, JSON.parse(infinite.text).error.message]).toEqual([
      422,
      expect.stringContaining("a[0].n"),
    ]);
    await callsWritten();
    const [, first] = (
      await triggersApi(bench.north().members.owner.actor).calls({ slug: "digits", triggerId: "hook" })
    ).items;
    expect(first?.warnings).toEqual([expect.stringMatching(/kept as text: at id/)]);
  });
});

describe("B-12 K7 what a trigger sees beside the body", () => {
  it("headers, query and method, in mapping, label and filter; never what proves the sender", async () => {
    const url = await publishHook(key(), "seen", {
      secret: "a-shared-secret",
      methods: ["POST", "PUT"],
      label: "${request.headers.x_github_event} of ${request.query.tenant}",
      filter: "request.headers['x-github-event'] != 'ping'",
      input: {
        event: "${request.headers['x-github-event']}",
        tags: "${request.query.tag}",
        method: "${request.method}",
        all: "${request.headers}",
      },
    });
    const proof = {
      "x-webhook-secret": "a-shared-secret",
      authorization: "Bearer abc",
      cookie: "session=1",
      "x-hub-signature": "sha1=1",
      "x-api-key": "k",
      "x-gitlab-token": "t",
    };
    const answer = await callHook(`${url}?tenant=acme&tag=a&tag=b`, {
      method: "PUT",
      body: "{}",
      headers: { ...json, ...proof, "X-GitHub-Event": "push" },
    });
    const { run_id: runId } = JSON.parse(answer.text);
    const input = await inputOf(runId);
    expect(input).toMatchObject({ event: "push", tags: ["a", "b"], method: "PUT" });
    const text = JSON.stringify(input);
    for (const secret of ["a-shared-secret", "abc", "session", "sha1", "x-api-key", "x-gitlab-token"])
      expect(text).not.toContain(secret);
    const { rows } = await hotPool().query("select trigger_label from runs where id = $1", [runId]);
    expect(rows[0].trigger_label).toBe("push of acme");
    const ping = await callHook(url, { body: "{}", headers: { ...json, ...proof, "x-github-event": "ping" } });
    expect([ping.status, JSON.parse(ping.text)]).toEqual([200, { run_id: null, status: "ignored" }]);
    await callsWritten();
    const { rows: kept } = await hotPool().query(
      "select message, request from webhook_calls where workflow_id = (select id from workflows where slug = 'seen') order by created_at desc",
    );
    expect(kept[0]).toMatchObject({ message: expect.stringContaining("filter"), request: { method: "POST" } });
    expect(JSON.stringify(kept)).not.toMatch(/a-shared-secret|Bearer|sha1/);
  });
});
