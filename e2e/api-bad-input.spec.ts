import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "@/scripts/db/project-files";
import { expect, test } from "./fixtures";
import { refusalOf, restClient, type RestAnswer } from "./rest";

const subjectText = /[A-Za-z].{8,}/;

/** A refusal people can work with: the right status and code, a sentence, and (where something is wrong inside) the place. */
function expectRefused(answer: RestAnswer, status: number, code: string, path?: string): void {
  expect(answer.status).toBe(status);
  const refusal = refusalOf(answer);
  expect(refusal.code).toBe(code);
  expect(refusal.message).toMatch(subjectText);
  expect(refusal.details.map((detail) => detail.path)).toEqual(
    path === undefined ? expect.anything() : expect.arrayContaining([path]),
  );
  for (const detail of refusal.details) expect(detail.message).toMatch(subjectText);
}

const transform = { id: "shape", type: "transform", expression: { ok: true } };

test.describe("workflow documents that cannot be saved", () => {
  for (const [what, spec, path, detailCode] of [
    [
      "a step type that does not exist",
      { nodes: [{ id: "a", type: "approvall" }], edges: [] },
      "spec.nodes[0].type",
      "unknown_type",
    ],
    ["an id used twice", { nodes: [transform, transform], edges: [] }, "spec.nodes[1].id", "duplicate_id"],
    ["a spec that is a list", [], "spec", "invalid_shape"],
  ] as const) {
    test(`K-14 ${what}`, async ({ rest }) => {
      const answer = await rest.post("/api/workflows", { name: "Bad", spec });
      expectRefused(answer, 422, "validation_failed", path);
      expect(refusalOf(answer).details.map((detail) => detail.code)).toContain(detailCode);
    });
  }

  test("an unknown type names the nearest one", async ({ rest }) => {
    const answer = await rest.post("/api/workflows", {
      name: "Bad",
      spec: { nodes: [{ id: "a", type: "approvall" }], edges: [] },
    });
    expect(refusalOf(answer).details[0]?.message).toContain("approval");
  });

  test("broken JSON is a 400 that says where", async ({ rest }) => {
    expectRefused(
      await rest.raw("POST", "/api/workflows", '{"name": "Bad", "spec": {', { "content-type": "application/json" }),
      400,
      "invalid_json",
    );
  });

  test("a body of more than 3 MB is a 413", async ({ rest }) => {
    expectRefused(
      await rest.post("/api/workflows", {
        name: "Big",
        description: "x".repeat(3_100_000),
        spec: { nodes: [transform], edges: [] },
      }),
      413,
      "payload_too_large",
    );
  });

  test("another content type is a 415", async ({ rest }) => {
    expectRefused(
      await rest.raw("POST", "/api/workflows", "name=Bad", { "content-type": "application/x-www-form-urlencoded" }),
      415,
      "unsupported_media_type",
    );
  });
});

test.describe("drafts that may be saved but not go live", () => {
  for (const [what, spec, code, path] of [
    [
      "K-16 a cycle",
      {
        startNodeId: "a",
        nodes: [
          { ...transform, id: "a" },
          { ...transform, id: "b" },
        ],
        edges: [
          { from: "a", to: "b" },
          { from: "b", to: "a" },
        ],
      },
      "cycle",
      /^spec\./,
    ],
    [
      "an edge to nowhere",
      { startNodeId: "shape", nodes: [transform], edges: [{ from: "shape", to: "nowhere" }] },
      "dangling_edge",
      /^spec\.edges\[0\]/,
    ],
    [
      "K-23 a decision without a default",
      {
        startNodeId: "route",
        nodes: [
          { id: "route", type: "decision", expression: "input.verdict", cases: { passed: { next: "shape" } } },
          transform,
        ],
        edges: [],
      },
      "missing_default_case",
      /^spec\.nodes\[0\]/,
    ],
    [
      "an expression that cannot be read",
      {
        startNodeId: "check",
        nodes: [{ id: "check", type: "condition", expression: "input.amount >" }, transform],
        edges: [{ from: "check", to: "shape", case: "true" }],
      },
      "bad_expression",
      /^spec\.nodes\[0\]\.expression/,
    ],
    [
      "a reference to a step that is not there",
      { startNodeId: "shape", nodes: [{ ...transform, expression: { x: "${step.ghost.output}" } }], edges: [] },
      "unknown_reference",
      /^spec\.nodes\[0\]/,
    ],
    [
      "a connection that is not there",
      {
        startNodeId: "call",
        nodes: [{ id: "call", type: "service_call", service: "nobody", method: "GET", path: "/" }],
        edges: [],
      },
      "unknown_connection",
      /^spec\.nodes\[0\]/,
    ],
  ] as const) {
    test(`${what} is named with its place, and blocks publishing`, async ({ rest }) => {
      const slug = `bad-${code.replaceAll("_", "-")}-${String(Date.now())}`;
      const created = await rest.post("/api/workflows", { slug, name: what, spec });
      expect(created.status).toBe(201);
      const { issues } = issuesSchema.parse(created.json).data;
      expect(issues.find((issue) => issue.code === code)).toMatchObject({
        severity: "error",
        path: expect.stringMatching(path),
        message: expect.stringMatching(subjectText),
      });

      const published = await rest.post(`/api/workflows/${slug}/publish`);
      expect(published.status).toBe(422);
      expect(refusalOf(published).code).toBe("publish_blocked");
      expect(refusalOf(published).details.map((detail) => detail.code)).toContain(code);
      expectRefused(await rest.post(`/api/workflows/${slug}/executions`, { input: {} }), 409, "workflow_not_published");
    });
  }
});

test.describe("requests that are refused", () => {
  test("input that breaks the schema gives a path per problem", async ({ rest }) => {
    const answer = await rest.post("/api/v1/workflows", {
      template_id: "subscription-upgrade",
      input: { email: 7, current_plan: "gold" },
    });
    expectRefused(answer, 422, "validation_failed", "input.email");
    expectRefused(answer, 422, "validation_failed", "input.current_plan");
  });

  test("ids that do not exist, in any form, are 404s", async ({ rest }) => {
    for (const path of [
      "/api/workflows/nope",
      "/api/workflows/wkf_00000000000000000000000000",
      "/api/v1/workflows/019a0000-0000-7000-8000-000000000000",
      "/api/v1/workflows/run_zzz",
      "/api/v1/approvals/'; drop table runs; --",
      "/api/nope",
    ]) {
      expectRefused(await rest.get(encodeURI(path)), 404, "not_found");
    }
  });

  test("a wrong method is a 405", async ({ rest }) => {
    expectRefused(
      await rest.raw("PUT", "/api/workflows", "{}", { "content-type": "application/json" }),
      405,
      "method_not_allowed",
    );
  });

  test("no key, a wrong key: 401; a key without the scope: 403", async ({ product, rest }) => {
    expectRefused(await restClient(product, "").get("/api/workflows"), 401, "invalid_credentials");
    expectRefused(await restClient(product, `hp_${"x".repeat(43)}`).get("/api/workflows"), 401, "invalid_credentials");
    const created = await rest.post("/api/v1/api-keys", { name: "Reads workflows", scopes: ["workflows:read"] });
    expect(created.status).toBe(201);
    const { key } = z.object({ key: z.string() }).parse(created.json);
    const reader = restClient(product, key);
    expect((await reader.get("/api/workflows")).status).toBe(200);
    expectRefused(
      await reader.post("/api/v1/workflows", { template_id: "subscription-upgrade", input: {} }),
      403,
      "missing_scope",
    );
  });

  test("a decision about something that is not an approval is a 404, and one without the right is a 403", async ({
    product,
    rest,
  }) => {
    expectRefused(await rest.post("/api/v1/approvals/019a0000-0000-7000-8000-000000000000/approve"), 404, "not_found");
    const created = await rest.post("/api/v1/api-keys", { name: "Looks at approvals", scopes: ["approvals:read"] });
    const { key } = z.object({ key: z.string() }).parse(created.json);
    const { approvals } = z
      .object({ approvals: z.array(z.looseObject({ id: z.string() })).min(1) })
      .parse((await rest.get("/api/v1/approvals?status=pending")).json);
    expectRefused(
      await restClient(product, key).post(`/api/v1/approvals/${approvals[0]?.id ?? ""}/approve`),
      403,
      "missing_scope",
    );
  });

  test("the example documents of the repository are accepted as they are", async ({ rest }) => {
    for (const name of ["subscription-upgrade", "indonesian-kyc-v1", "weekly-stock-check", "refund-desk"]) {
      const document: unknown = JSON.parse(await readFile(join(projectRoot, "workflows", `${name}.json`), "utf8"));
      expect((await rest.post("/api/workflows/validate", document)).status).toBe(200);
    }
  });
});

const issuesSchema = z.object({
  data: z.object({
    issues: z.array(z.looseObject({ code: z.string(), severity: z.string(), path: z.string(), message: z.string() })),
  }),
});
