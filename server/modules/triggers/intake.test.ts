import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const owner = () => triggersApi(bench.north().members.owner.actor);
const nobody = triggersApi(null);
const spec = {
  startNodeId: "shape",
  nodes: [{ id: "shape", type: "transform", expression: 1 }],
  edges: [],
  inputSchema: {
    type: "object",
    required: ["email"],
    properties: { email: { type: "string", format: "email" }, days: { type: "integer", default: 1 } },
  },
};
const form = { description: "Ask for days off", spec, triggers: [{ id: "form", type: "form", label: "Leave form" }] };
const tokenOf = async (slug: string): Promise<string> =>
  (await owner().state({ slug })).triggers[0]?.url?.split("/f/")[1] ?? "";
const executions = async (slug: string) =>
  (await bench.call("GET", `/api/workflows/${slug}/executions?limit=200`)).json.data.executions;

describe("an intake form", () => {
  it("shows the workflow and its questions to whoever has the link, and starts one run for a double submit", async () => {
    await bench.createLive("leave", form);
    const token = await tokenOf("leave");
    expect(await nobody.intake({ token })).toMatchObject({
      open: true,
      organization: "north",
      name: "leave",
      description: "Ask for days off",
      schema: spec.inputSchema,
    });
    const submission = { token, values: { email: "jane@acme.com", days: 2 }, submissionId: randomUUID() };
    const [first, second] = await Promise.all([nobody.submitIntake(submission), nobody.submitIntake(submission)]);
    expect(first.reference).toMatch(/^run_[0-9A-Z]{26}$/);
    expect(second).toEqual(first);
    expect(await executions("leave")).toHaveLength(1);
    const run = (await bench.call("GET", `/api/v1/workflows/${first.reference}`)).json;
    expect(run).toMatchObject({
      trigger_type: "form",
      requested_by: "jane@acme.com",
      input: { email: "jane@acme.com", days: 2 },
    });
  });

  it("A24 names the answers that are sensitive, and A20 gives nobody's consent", async () => {
    const inputSchema = {
      type: "object",
      properties: {
        email: { type: "string" },
        ssn: { type: "string" },
        terms: { type: "boolean", const: true, default: true },
      },
    };
    const nodes = [{ id: "shape", type: "transform", expression: { v: "${input.ssn}" }, sensitive: ["v"] }];
    await bench.createLive("secret", { ...form, spec: { ...spec, nodes, inputSchema } });
    const token = await tokenOf("secret");
    expect(await nobody.intake({ token })).toMatchObject({ open: true, hidden: ["ssn"] });
    const requests = (await triggersApi(bench.north().members.owner.actor).requests()).items;
    expect(requests.map(({ slug, hidden }) => [slug, hidden])).toContainEqual(["secret", ["ssn"]]);
    const values = { email: "jane@acme.com", ssn: "1" };
    const { reference } = await nobody.submitIntake({ token, values, submissionId: randomUUID() });
    const { rows } = await hotPool().query("select input from runs where id = $1", [readId("run", reference)]);
    expect(rows).toEqual([{ input: values }]);
  });

  it("K18 fills in the workflow's defaults, and the run's input says so", async () => {
    await bench.createLive("one-day", form);
    const values = { email: "jane@acme.com" };
    const token = await tokenOf("one-day");
    const { reference } = await nobody.submitIntake({ token, values, submissionId: randomUUID() });
    const run = (await bench.call("GET", `/api/v1/workflows/${reference}`)).json;
    expect(run.input).toEqual({ email: "jane@acme.com", days: 1 });
  });

  it("a default counts as an answer, also where the form's answers are mapped", async () => {
    const inputSchema = { ...spec.inputSchema, required: ["email", "days"] };
    const triggers = [{ ...form.triggers[0], input: { email: "${trigger.email}", days: "${trigger.days}" } }];
    await bench.createLive("needs-days", { ...form, spec: { ...spec, inputSchema }, triggers });
    const values = { email: "jane@acme.com" };
    const token = await tokenOf("needs-days");
    const { reference } = await nobody.submitIntake({ token, values, submissionId: randomUUID() });
    const run = (await bench.call("GET", `/api/v1/workflows/${reference}`)).json;
    expect(run.input).toEqual({ email: "jane@acme.com", days: 1 });
  });

  it("says plainly when it is closed, and starts nothing then", async () => {
    await bench.create("closed", form);
    const token = await tokenOf("closed");
    const closed = { open: false, message: expect.stringContaining("does not take requests at the moment") };
    const submit = () => nobody.submitIntake({ token, values: { email: "a@acme.com" }, submissionId: randomUUID() });
    expect(await nobody.intake({ token })).toMatchObject(closed);
    await expect(submit()).rejects.toThrow("does not take requests");
    await bench.call("POST", "/api/workflows/closed/publish");
    expect(await nobody.intake({ token })).toMatchObject({ open: true });
    await owner().setOperational({ slug: "closed", enabled: false });
    expect(await nobody.intake({ token })).toMatchObject(closed);
    await expect(submit()).rejects.toThrow("does not take requests");
    expect(await executions("closed")).toEqual([]);
  });

  it("refuses what does not fit, unknown links, and a webhook's token", async () => {
    await bench.createLive("fits", form);
    const token = await tokenOf("fits");
    await expect(nobody.submitIntake({ token, values: {}, submissionId: randomUUID() })).rejects.toThrow(
      "does not fit",
    );
    const more = { email: "a@acme.com", limit: 999_999 };
    await expect(nobody.submitIntake({ token, values: more, submissionId: randomUUID() })).rejects.toThrow(
      'There is no field "limit" here.',
    );
    await expect(nobody.intake({ token: "x".repeat(32) })).rejects.toThrow("does not open a form");
    await bench.createLive("hooked", { triggers: [{ id: "hook", type: "webhook" }] });
    const hook = (await owner().state({ slug: "hooked" })).triggers[0]?.url?.split("/hooks/")[1] ?? "";
    await expect(nobody.intake({ token: hook })).rejects.toThrow("does not open a form");
  });

  it("takes only so many in a short time", async () => {
    await bench.createLive("busy", form);
    const token = await tokenOf("busy");
    const answers = await Promise.allSettled(
      Array.from({ length: 70 }, () =>
        nobody.submitIntake({ token, values: { email: "a@acme.com" }, submissionId: randomUUID() }),
      ),
    );
    expect(answers.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    expect(await executions("busy")).toHaveLength(answers.filter(({ status }) => status === "fulfilled").length);
  });
});

describe("M-18 what people who build nothing may start", () => {
  it("lists live workflows with a form or a manual trigger, to those who may start runs", async () => {
    await bench.createLive("by-hand", { triggers: [{ id: "manual", type: "manual" }] });
    await bench.createLive("by-api", { triggers: [{ id: "api", type: "api" }] });
    await bench.create("not-live", { triggers: [{ id: "manual", type: "manual" }] });
    const approver = bench.north().members.approver.actor;
    const slugs = (await triggersApi(approver).requests()).items.map(({ slug }) => slug);
    expect(slugs).toContain("by-hand");
    expect(slugs).not.toContain("by-api");
    expect(slugs).not.toContain("not-live");
    await expect(triggersApi(bench.north().members.viewer.actor).requests()).rejects.toThrow("runs:start");
    const submission = { slug: "by-hand", values: {}, submissionId: randomUUID() };
    const { runId } = await triggersApi(approver).startRequest(submission);
    expect((await triggersApi(approver).startRequest(submission)).runId).toBe(runId);
    const run = (await bench.call("GET", `/api/v1/workflows/${runId}`)).json;
    expect(run).toMatchObject({ trigger_type: "manual", requested_by: approver.email });
    await expect(triggersApi(approver).startRequest({ ...submission, slug: "by-api" })).rejects.toThrow(
      "cannot be requested",
    );
    await expect(triggersApi(bench.south().members.owner.actor).startRequest(submission)).rejects.toThrow(
      "cannot be requested",
    );
  });
});
