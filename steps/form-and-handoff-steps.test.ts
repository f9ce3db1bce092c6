import { describe, expect, test } from "vitest";
import { executeCollectForm } from "./collect_form/execute";
import { collectFormDefinition } from "./collect_form/definition";
import { executeHumanHandoff } from "./human_handoff/execute";
import { humanHandoffDefinition } from "./human_handoff/definition";
import { stepContext, testNow } from "./step-context.testkit";
import { due, hour, resolved } from "./waiting-steps.testkit";

describe("collect_form", () => {
  const schema = { type: "object", properties: { reason: { type: "string" } } };
  const world = { trigger: { email: "jane@acme.com" }, known: ["role:manager"] };

  test("F-23 opens a form in the conversation with what is known already", async () => {
    const { context } = stepContext(
      collectFormDefinition,
      { title: "Refund for ${input.email}", schema, values: { email: "${input.email}" }, timeoutHours: 1 },
      { ...world, conversationId: "cnv-1" },
    );
    expect(await executeCollectForm.execute(context)).toEqual({
      kind: "waiting",
      warnings: [],
      waitpoint: {
        kind: "form",
        assignees: [],
        dueAt: testNow + hour,
        request: {
          title: "Refund for jane@acme.com",
          description: "",
          schema,
          values: { email: "jane@acme.com" },
          deliverTo: "conversation",
        },
      },
    });
  });

  test("A2 without a conversation it is a page; only where no member is asked either, it stands in nobody's inbox", async () => {
    for (const [assignTo, warnings] of [
      ["role:manager", []],
      [undefined, [expect.stringContaining("nobody's inbox") as string]],
    ] as const) {
      const asked = { schema, ...(assignTo === undefined ? {} : { assignTo }) };
      expect(await executeCollectForm.execute(stepContext(collectFormDefinition, asked, world).context)).toMatchObject({
        waitpoint: {
          assignees: assignTo === undefined ? [] : [assignTo],
          request: { title: "The step", deliverTo: "page" },
        },
        warnings,
      });
    }
  });

  test("A2 its author is told where it would reach nobody, and not where a member is asked", () => {
    const problems = (config: object, mayTalk: boolean, isHandedOut = false) =>
      collectFormDefinition
        .lint?.(
          collectFormDefinition.config.parse({ schema, ...config }),
          { id: "ask", type: "collect_form" },
          {
            connected: new Set(),
            inBody: false,
            mayTalk,
            isHandedOut,
          },
        )
        .map(({ code, severity }) => `${severity} ${code}`);
    expect(problems({}, true)).toEqual([]);
    expect(problems({}, false)).toEqual(["warning unreachable_form"]);
    expect(problems({ assignTo: "role:manager" }, false)).toEqual([]);
    expect(problems({ deliverTo: "page" }, true)).toEqual(["warning unreachable_form"]);
    for (const deliverTo of ["page", "both", "conversation"]) expect(problems({ deliverTo }, false, true)).toEqual([]);
    expect(problems({ deliverTo: "page", assignTo: "role:manager" }, true)).toEqual(["error unreachable_form"]);
  });

  test("A40 files and signatures are asked for in one way, however they were written", async () => {
    const asked = { type: "object", properties: { scan: { type: "string", format: "file" } } };
    const { context } = stepContext(collectFormDefinition, { schema: asked });
    const canonical = { properties: { scan: { type: "object", "x-kind": "file" } } };
    expect(await executeCollectForm.execute(context)).toMatchObject({ waitpoint: { request: { schema: canonical } } });
    expect(
      collectFormDefinition.normalize?.({ schema: asked }, { isNode: () => false } as never).fields["schema"],
    ).toMatchObject(canonical);
    expect(collectFormDefinition.outputSchema?.(context.config)).toMatchObject(canonical);
  });

  test.each([{ format: "data-url" }, { contentMediaType: "image/png" }, { contentEncoding: "base64" }])(
    "A40 a question for %j is refused, and never a line of text",
    (kind) => {
      const asked = { type: "object", properties: { scan: { type: "string", ...kind } } };
      const found = collectFormDefinition.lint?.(
        collectFormDefinition.config.parse({ schema: asked }),
        { id: "ask", type: "collect_form" },
        { connected: new Set(), inBody: false, mayTalk: true },
      );
      expect(found).toEqual([
        {
          code: "invalid_config",
          severity: "error",
          path: "schema.properties.scan",
          message: expect.stringContaining("Forms take files as files") as string,
        },
      ]);
    },
  );

  test("submitted values are the output; no answer takes its path or fails", async () => {
    const { context } = stepContext(collectFormDefinition, { schema });
    expect(
      await executeCollectForm.resolve?.(context, resolved("submitted", { values: { reason: "late" } }), {}),
    ).toMatchObject({ kind: "completed", handle: "submitted", output: { reason: "late" } });
    expect(await executeCollectForm.resolve?.(context, due, {})).toMatchObject({
      handle: "timed_out",
      failUnconnected: { reason: "form_timed_out" },
    });
    expect(
      await executeCollectForm.resolve?.(
        stepContext(collectFormDefinition, { schema, onTimeout: "fail" }).context,
        due,
        {},
      ),
    ).toMatchObject({ kind: "failed", reason: "form_timed_out" });
  });
});

describe("human_handoff", () => {
  test("F-27 hands over, tells the customer, and gives back what was resolved", async () => {
    const { context } = stepContext(
      humanHandoffDefinition,
      { assignTo: "team:support", summary: "About ${input.what}", message: "A colleague takes over.", timeoutHours: 2 },
      { trigger: { what: "a refund" }, known: ["team:support"], conversationId: "cnv-1" },
    );
    expect(await executeHumanHandoff.execute(context)).toEqual({
      kind: "waiting",
      warnings: [],
      waitpoint: {
        kind: "handoff",
        assignees: ["team:support"],
        dueAt: testNow + 2 * hour,
        request: { headline: "The step", summary: "About a refund", conversationId: "cnv-1" },
      },
      outbox: [{ kind: "conversation_message", conversationId: "cnv-1", body: "A colleague takes over." }],
    });
    expect(
      await executeHumanHandoff.resolve?.(context, resolved("returned", { resolution: "refunded", note: "ok" }), {}),
    ).toEqual({
      kind: "completed",
      output: { resolution: "refunded", note: "ok", output: null },
      handle: "returned",
      summary: "Handed back by Kim Ito",
    });
    expect(await executeHumanHandoff.resolve?.(context, due, {})).toMatchObject({
      handle: "timed_out",
      failUnconnected: { reason: "handoff_timed_out" },
    });
  });

  test("defaults to the operators, and says nothing without a conversation", async () => {
    const outcome = await executeHumanHandoff.execute(
      stepContext(humanHandoffDefinition, { message: "Hello" }, { known: ["role:operator"] }).context,
    );
    expect(outcome).toMatchObject({ waitpoint: { assignees: ["role:operator"] } });
    expect(outcome).not.toHaveProperty("outbox");
  });
});
