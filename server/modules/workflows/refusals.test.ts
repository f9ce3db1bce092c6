import { describe, expect, it } from "vitest";
import { showId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { hotPool } from "@/server/db/pools";
import { small, useWorkflowBench } from "./workflows.testkit";

const { south, call, create, createLive, start } = useWorkflowBench();

describe("what cannot be read", () => {
  it.each([
    ["no name", { spec: small("x").spec, slug: undefined, name: undefined }, "name"],
    ["no spec", { name: "x" }, "spec"],
    ["a spec that is a list", { name: "x", spec: [] }, "spec"],
    [
      "a step of an unknown type",
      { name: "x", spec: { startNodeId: "a", nodes: [{ id: "a", type: "tool_cal" }], edges: [] } },
      "spec.nodes[0].type",
    ],
    [
      "an id used twice",
      {
        name: "x",
        spec: {
          startNodeId: "a",
          nodes: [
            { id: "a", type: "end" },
            { id: "a", type: "end" },
          ],
          edges: [],
        },
      },
      "spec.nodes[1].id",
    ],
    ["a slug that is none", { name: "x", slug: "No Slug", spec: small("x").spec }, "slug"],
    [
      "a slug that reads as an id",
      { name: "x", slug: "01890000-0000-7000-8000-000000000000", spec: small("x").spec },
      "slug",
    ],
    ["a field with a slip of the finger", { ...small("x"), trigers: [{ type: "manual" }] }, "trigers"],
    ["several of them", { ...small("x"), desciption: "y", confg: {} }, "confg"],
  ])("%s is refused with its place, and nothing is kept", async (_, body, path) => {
    const before = await hotPool().query("select count(*)::int as n from workflows");
    const answer = await call("POST", "/api/workflows", body);
    expect([answer.status, answer.json.error.code]).toEqual([422, "validation_failed"]);
    expect(answer.json.error.details.map((detail: { path: string }) => detail.path)).toContain(path);
    expect((await hotPool().query("select count(*)::int as n from workflows")).rows).toEqual(before.rows);
  });

  it.each(["", " \n"])(
    "a name that is blank (%j) is refused where it is changed too, and the old one stays",
    async (name) => {
      const slug = `named-${String(name.length)}`;
      await create(slug);
      const answer = await call("PATCH", `/api/workflows/${slug}`, { name, description: "New" });
      expect([answer.status, answer.json.error.details]).toMatchObject([
        422,
        [{ path: "name", message: "Give the workflow a name." }],
      ]);
      expect((await call("GET", `/api/workflows/${slug}`)).json.data.workflow).toMatchObject({
        name: slug,
        description: "",
      });
      expect((await call("PATCH", `/api/workflows/${slug}`, { slug: name })).status).toBe(422);
    },
  );

  it("more than 3 MB is 413, a taken slug 409", async () => {
    const answer = await call("POST", "/api/workflows", small("large", { description: "x".repeat(3_100_000) }));
    expect([answer.status, answer.json.error.code]).toEqual([413, "payload_too_large"]);
    await create("taken");
    const taken = await call("POST", "/api/workflows", small("taken"));
    expect([taken.status, taken.json.error.code]).toEqual([409, "slug_taken"]);
  });

  it("an address for callbacks that is none is named as the caller wrote it", async () => {
    await createLive("called-back");
    const url = "https://somebody:password@example.com/done";
    const family = await start("called-back", { input: {}, callbackUrl: url });
    const run = await call("POST", "/api/v1/runs", { template_id: "called-back", callback_url: url });
    const places = [family, run].map(({ status, json }) => [status, json.error.details[0].path]);
    expect(places).toEqual([
      [422, "callbackUrl"],
      [422, "callback_url"],
    ]);
  });

  it("B-43 a start names what it does not know", async () => {
    await createLive("started");
    const family = await start("started", { inputs: {} });
    const run = await call("POST", "/api/v1/runs", { template_id: "started", inptu: {} });
    const said = [family, run].map(({ status, json }) => [
      status,
      json.error.details[0].path,
      json.error.details[0].message,
    ]);
    expect(said).toEqual([
      [422, "inputs", 'There is no field "inputs" here. Did you mean "input"?'],
      [422, "inptu", 'There is no field "inptu" here. Did you mean "input"?'],
    ]);
  });

  it("input that breaks the schema is 422 with a path, and starts nothing", async () => {
    await createLive("strict", {
      spec: {
        ...small("x").spec,
        inputSchema: {
          type: "object",
          required: ["email"],
          properties: {
            email: { type: "string" },
            plan: { type: "object", properties: { seats: { type: "integer" } } },
          },
        },
      },
    });
    const answer = await start("strict", { input: { plan: { seats: "three" } } });
    expect([answer.status, answer.json.error.code]).toEqual([422, "validation_failed"]);
    expect(answer.json.error.details.map((detail: { path: string }) => detail.path)).toEqual(
      expect.arrayContaining(["input.plan.seats"]),
    );
    const viaRuns = await call("POST", "/api/v1/workflows", { template_id: "strict", input: {} });
    expect([viaRuns.status, viaRuns.json.error.details[0].path]).toEqual([422, expect.stringMatching(/^input/)]);
    expect((await call("GET", "/api/workflows/strict/executions")).json.data.executions).toEqual([]);
  });
});

describe("tenants", () => {
  it("K-4 have slugs of their own, and do not see each other's workflows", async () => {
    const mine = await create("same-slug");
    expect((await rest(south().members.owner.apiKey, "POST", "/api/workflows", small("same-slug"))).status).toBe(201);
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { name: "Theirs" }],
      ["DELETE", "", undefined],
      ["POST", "/publish", {}],
      ["POST", "/retire", {}],
      ["POST", "/rollback", { version: 1 }],
      ["POST", "/executions", { input: {} }],
      ["GET", "/executions", undefined],
      ["GET", "/versions", undefined],
      ["GET", "/versions/1", undefined],
    ] as const) {
      const answer = await rest(south().members.owner.apiKey, method, `/api/workflows/${mine.id}${path}`, body);
      const missing = await rest(
        south().members.owner.apiKey,
        method,
        `/api/workflows/${showId("workflow", "01890000-0000-7000-8000-000000000000")}${path}`,
        body,
      );
      expect([path, answer.status, { ...answer.json.error, requestId: "" }]).toEqual([
        path,
        404,
        { ...missing.json.error, requestId: "" },
      ]);
    }
  });
});

it.each([[12345678], [""], [true], [{ a: 1 }], [["x"]], ["short"], ["x".repeat(501)]])(
  "M3 a webhook's secret that is none is refused, and leaves no address open: %j",
  async (secret) => {
    const document = {
      slug: "closed",
      name: "Closed",
      spec: small("x").spec,
      triggers: [{ id: "h", type: "webhook", secret }],
    };
    const { status, json } = await call("POST", "/api/workflows", document);
    expect({ status, details: json.error.details }).toMatchObject({
      status: 422,
      details: [{ code: "invalid_secret", path: "triggers[0].secret" }],
    });
  },
);
