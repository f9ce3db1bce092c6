import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/core/json";
import type { WaitpointResolution } from "@/core/ports";
import { executeApproval } from "./approval/execute";
import { approvalDefinition } from "./approval/definition";
import { quorumProblems } from "./approval/quorum-problems";
import { stepContext, type TestWorld } from "./step-context.testkit";
import { due, resolved } from "./waiting-steps.testkit";

const decidedAt = "2026-11-21T08:00:00.000Z";
const world: TestWorld = { known: ["role:manager", "role:operator"] };
const context = (fields: JsonObject) => stepContext(approvalDefinition, fields, world).context;
const ask = (fields: JsonObject) => executeApproval.execute(context(fields));
const answer = (resolution: WaitpointResolution, fields: JsonObject = {}, request: JsonObject = {}) =>
  executeApproval.resolve?.(context(fields), resolution, request);

describe("an approval that several decide", () => {
  test("several decide: how many is frozen with the question, and a sequence asks the first of its people", async () => {
    const assignTo = ["role:manager", "role:operator"];
    expect(await ask({ assignTo, quorum: { mode: "count", n: 2 }, policy: { neverTwice: true } })).toMatchObject({
      waitpoint: { assignees: assignTo, request: { quorum: { mode: "count", n: 2 }, policy: { neverTwice: true } } },
    });
    expect(await ask({ assignTo, quorum: { mode: "sequence" } })).toMatchObject({
      waitpoint: { assignees: ["role:manager"], request: { quorum: { mode: "sequence", stages: assignTo } } },
    });
    expect(await ask({ assignTo, quorum: { mode: "any" } })).not.toHaveProperty("waitpoint.request.quorum");
    const escalating = {
      assignTo,
      quorum: { mode: "sequence" },
      timeoutHours: 1,
      onTimeout: "escalate",
      escalateTo: ["role:operator", "role:manager"],
    };
    const request = { quorum: { mode: "sequence", stages: assignTo } };
    expect(await answer(due, escalating, request)).toMatchObject({
      waitpoint: {
        assignees: ["role:operator"],
        request: { escalated: true, quorum: { mode: "sequence", stages: ["role:operator", "role:manager"] } },
      },
    });
  });

  test("several decided: the output holds what the others said", async () => {
    const votes = [
      { people: ["u2"], voter: "u2", byId: "u2", byName: "Ann", decision: "approved", at: decidedAt, comment: "Fine" },
    ];
    expect(await answer(resolved("approved", { votes }))).toMatchObject({
      summary: "Approved by Kim Ito and one more",
      output: { votes: [{ id: "u2", name: "Ann", decision: "approved", at: decidedAt, comment: "Fine" }] },
    });
  });

  test("an escalation asks anew, and its author is told so", () => {
    const escalating = {
      assignTo: ["role:manager", "role:operator"],
      timeoutHours: 1,
      onTimeout: "escalate",
      escalateTo: "role:operator",
    };
    const found = (quorum: object) => quorumProblems(approvalDefinition.config.parse({ ...escalating, quorum }));
    expect(found({ mode: "sequence" })).toMatchObject([
      { severity: "warning", path: "escalateTo", message: expect.stringContaining("with one approval") as string },
    ]);
    expect(found({ mode: "count", n: 2 })).toMatchObject([{ severity: "warning", path: "escalateTo" }]);
    expect(found({ mode: "any" })).toEqual([]);
  });

  test.each([
    [{ mode: "count" }, "quorum.n"],
    [{ mode: "count", n: 1.5 }, "quorum.n"],
    [{ mode: "percent", n: 101 }, "quorum.n"],
    [{ mode: "all", n: 2 }, "quorum.n"],
    [{ mode: "sequence" }, "assignTo"],
  ])("a quorum that cannot be is refused: %j", (quorum, path) => {
    expect(quorumProblems(approvalDefinition.config.parse({ assignTo: "role:manager", quorum }))).toMatchObject([
      { code: "invalid_config", severity: "error", path },
    ]);
  });
});
