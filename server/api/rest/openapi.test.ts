import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { operationId } from "./openapi";
import { restRouter } from "@/server/routes/rest";
import { serveRest } from "@/server/routes/serve-rest";

interface Operation {
  operationId: string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { description: string }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

let database: TestDatabase;
let document: Document;

beforeAll(async () => {
  database = await useTestDatabase();
  const response = await serveRest(new Request("http://127.0.0.1:3000/api/openapi.json"));
  expect(response.status).toBe(200);
  document = (await response.json()) as Document;
});
afterAll(() => database.close());

it("the body of a webhook is JSON, a form, multipart, text or bytes; a check by GET has none", () => {
  const hook = document.paths["/api/hooks/{token}"];
  expect(Object.keys(hook?.["post"]?.requestBody?.content ?? {})).toEqual([
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "*/*",
  ]);
  expect(hook?.["get"]).not.toHaveProperty("requestBody");
});

it("describes every route, and nothing that is no route", () => {
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(
    restRouter()
      .routes.map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
  expect(document.openapi).toBe("3.1.0");
});

it("gives every operation its own id and names every path parameter", () => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, operation })),
  );
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const named = operation.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => `{${name}}`);
    expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
  }
});

it("refers only to what is in the document", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference = ""]) => reference,
  );
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    expect(reference).toMatch(/^#\/components\/schemas\//);
    expect(document.components.schemas).toHaveProperty([reference.replace("#/components/schemas/", "")]);
  }
});

it("B-22 names runs, workflows and approvals, and no component holds itself without a name of its own", () => {
  const { schemas } = document.components;
  const answers = JSON.stringify(document.paths);
  for (const name of ["Run", "Workflow", "Approval"]) {
    expect(schemas).toHaveProperty(name);
    expect(answers).toContain(`"#/components/schemas/${name}"`);
  }
  expect(schemas["AnyJson"]).toEqual({ description: "Any JSON value" });
  // Copies of an unnamed schema are numbered behind the operation that they were found in.
  expect(Object.keys(schemas).filter((name) => /_\d+$/.test(name))).toEqual([]);
});

it("makes ids from method and path", () => {
  const route = restRouter().routes.find(({ path }) => path.endsWith("/test"));
  expect(route && operationId(route)).toBe("postV1ConnectionsByIdOrSlugTest");
});

it("names every answer of a webhook's address", () => {
  const answers = document.paths["/api/hooks/{token}"]?.["post"]?.responses ?? {};
  expect(Object.keys(answers)).toEqual([
    "200",
    "202",
    "400",
    "401",
    "403",
    "404",
    "405",
    "409",
    "410",
    "413",
    "415",
    "422",
    "429",
    "500",
  ]);
  expect(answers["404"]?.description).toContain("No webhook has");
  expect(JSON.stringify(answers["410"])).toContain("#/components/schemas/Error");
  expect(document.paths["/api/v1/runs"]?.["post"]?.responses).not.toHaveProperty("410");
});

it("says that a webhook may answer in plain text, where it may", () => {
  const answers = document.paths["/api/hooks/{token}"]?.["post"]?.responses ?? {};
  const plain = Object.entries(answers).filter(([, answer]) => JSON.stringify(answer).includes('"text/plain"'));
  expect(plain.map(([status]) => status)).toEqual(["200", "202", "500"]);
  for (const [, answer] of plain) expect(answer.description).toContain("no body");
  expect(JSON.stringify(document.paths["/api/v1/events"])).not.toContain("text/plain");
});

it("says of what publishing refuses that it is not available yet", () => {
  const { schemas } = document.components;
  const said = (component: string, field: string): string =>
    (schemas[component] as { properties: Record<string, { description?: string }> }).properties[field]?.description ??
    "";
  const places: [string, string][] = [
    ["WaitStep", "event"],
    ["WaitStep", "match"],
    ["SubworkflowStep", "type"],
    ["LlmStep", "type"],
  ];
  for (const [component, field] of places)
    expect([component, field, said(component, field)]).toEqual([
      component,
      field,
      expect.stringMatching(/ot available yet: publishing a workflow that uses it is refused/),
    ]);
  for (const [component, field] of [
    ["WaitStep", "callback"],
    ["CollectFormStep", "deliverTo"],
  ] as const)
    expect(said(component, field)).not.toContain("available yet");
  expect(said("ApprovalStep", "type")).not.toContain("available yet");
  expect(said("ApprovalStep", "remindAt")).not.toContain("available yet");
});

it("describes each type of step as a component, where a workflow is sent", () => {
  const { schemas } = document.components;
  for (const type of ["Approval", "CollectForm", "HumanHandoff", "ServiceCall", "Loop", "Wait", "End"])
    expect(schemas).toHaveProperty(`${type}Step`);
  expect(JSON.stringify(schemas["Step"])).toContain("#/components/schemas/ApprovalStep");
  expect(JSON.stringify(schemas["ApprovalStep"])).toContain("assignTo");
  expect(JSON.stringify(schemas["LoopStep"])).toContain("#/components/schemas/StepsOfContainer");
  const created = JSON.stringify(document.paths["/api/workflows"]?.["post"]?.requestBody);
  expect(created).toContain('"spec":{"$ref":"#/components/schemas/Spec"}');
  expect(JSON.stringify(document)).not.toContain("__shared");
});
