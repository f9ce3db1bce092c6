import { expect, it } from "vitest";
import { useWorkflowBench } from "./workflows.testkit";

const { call } = useWorkflowBench();

interface Told {
  code: string;
  severity: string;
  path: string;
  message: string;
}

const misspelt = {
  name: "Slips",
  spec: {
    startNodeId: "a",
    nodes: [
      {
        id: "a",
        type: "approval",
        assignTo: "role:manager",
        timeoutHour: 5,
        policy: { requesterCannotAprove: true },
        quorum: { mod: "any" },
        retry: { maxAtempts: 2 },
      },
    ],
    edges: [],
    inputSchma: { type: "object" },
  },
  triggers: [{ id: "t", type: "schedule", cron: "0 9 * * *", timeZone: "Asia/Jakarta" }],
};

const slips = (issues: Told[]) =>
  issues
    .filter(({ code }) => code === "unknown_field")
    .map(({ severity, path, message }) => `${severity} ${path}: ${message}`)
    .sort();

it("B-11 a misspelt field is told alike by validate, create, patch and publish", async () => {
  const validated = slips((await call("POST", "/api/workflows/validate", misspelt)).json.data.issues);
  expect(validated).toEqual([
    expect.stringMatching(/^error spec\.inputSchma: .*Did you mean "inputSchema"\?$/),
    expect.stringMatching(/^error spec\.nodes\[0\]\.policy\.requesterCannotAprove: .*"requesterCannotApprove"\?$/),
    expect.stringMatching(/^error spec\.nodes\[0\]\.quorum\.mod: .*Did you mean "mode"\?$/),
    expect.stringMatching(/^error spec\.nodes\[0\]\.retry\.maxAtempts: .*Did you mean "maxAttempts"\?$/),
    expect.stringMatching(/^error triggers\[0\]\.timeZone: .*Did you mean "timezone"\?$/),
    expect.stringMatching(/^warning spec\.nodes\[0\]\.timeoutHour: .*Did you mean "timeoutHours"\?$/),
  ]);
  const created = await call("POST", "/api/workflows", { ...misspelt, slug: "slips" });
  expect([created.status, slips(created.json.data.issues)]).toEqual([201, validated]);
  const patched = await call("PATCH", "/api/workflows/slips", { spec: misspelt.spec, triggers: misspelt.triggers });
  expect([patched.status, slips(patched.json.data.issues)]).toEqual([200, validated]);
  const blocked = await call("POST", "/api/workflows/slips/publish");
  expect([blocked.status, blocked.json.error.code]).toEqual([422, "publish_blocked"]);
  const errors = validated.filter((issue) => issue.startsWith("error"));
  expect(slips(blocked.json.error.details).filter((issue) => issue.startsWith("error"))).toEqual(errors);
});
