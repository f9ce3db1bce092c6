import type { LiveRule } from "@/core/approver-rules/document";
import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import type { PlanNode } from "@/core/engine/plan";
import { chooseCalendar, type KnownCalendar } from "@/core/schedule/choose-calendar";
import type { Json, JsonObject } from "@/core/json";
import type { ConnectionPort, HttpRequest, StepContext } from "@/core/ports";
import type { StepDefinition } from "@/core/workflow/step-definition";

/** 2026-11-21T07:00:00Z */
export const testNow = Date.UTC(2026, 10, 21, 7);

export interface TestWorld {
  trigger?: JsonObject;
  /** Outputs by node id. */
  outputs?: Record<string, Json>;
  vars?: JsonObject;
  node?: Partial<PlanNode>;
  /** Fields of the node as the document has them, e.g. `repeatable`. */
  spec?: JsonObject;
  conversationId?: string | null;
  /** Who is known, and under which addresses: `addresses["jane@acme.com"].email`. */
  known?: string[];
  addresses?: Record<string, Record<string, string[]>>;
  /** Tables of approver rules that are live. */
  rules?: LiveRule[];
  /** Working calendars, and whose they are. */
  calendars?: KnownCalendar[];
  /** Answers of the connections, in order; the last one repeats. */
  answers?: Awaited<ReturnType<ConnectionPort["request"]>>[];
}

export interface TestContext<C> {
  context: StepContext<C>;
  calls: { slug: string; request: HttpRequest }[];
}

/** A step context over the real expression language, with connections and directory that answer as told. */
export function stepContext<C>(
  definition: StepDefinition<C>,
  fields: JsonObject,
  world: TestWorld = {},
): TestContext<C> {
  const config = definition.config.parse(fields);
  const trigger = world.trigger ?? {};
  const scope = buildScope({
    trigger,
    input: trigger,
    vars: world.vars ?? {},
    run: { id: "run-1" },
    contact: null,
    conversation: null,
    step: Object.fromEntries(
      Object.entries(world.outputs ?? {}).map(([id, output]) => [id, { status: "completed", output, error: null }]),
    ),
    now: testNow,
  });
  const calls: TestContext<C>["calls"] = [];
  const answers = world.answers ?? [];
  const known = new Set(world.known ?? []);
  const context: StepContext<C> = {
    node: {
      id: "node",
      type: definition.type,
      kind: definition.kind,
      scopeId: "",
      name: "The step",
      disabled: false,
      join: "all",
      incoming: [],
      outgoing: new Map(),
      retry: { maxAttempts: 1, backoff: 0, retryOn: null },
      timeoutMs: null,
      onError: "fail",
      repeatable: "safe",
      config,
      defaultHandle: "out",
      resultRank: -1,
      node: { id: "node", type: definition.type, ...world.spec },
      ...world.node,
    },
    config,
    iteration: "",
    attempt: 1,
    run: {
      id: "run-1",
      organizationId: "org-1",
      workflowId: "wf-1",
      workflowSlug: "wf",
      workflowName: "Workflow",
      version: 3,
      test: false,
      conversationId: world.conversationId ?? null,
      contactId: null,
    },
    evaluate: {
      expression: (source) => evaluateExpression(source, scope),
      template: (value, options) => renderTemplate(value, scope, options?.forUrl === true ? { forUrl: true } : {}),
    },
    idempotencyKey: "run-1:node",
    signal: new AbortController().signal,
    now: testNow,
    ports: {
      connections: {
        request: (slug, request) => {
          calls.push({ slug, request });
          const answer = answers[Math.min(calls.length, answers.length) - 1];
          if (!answer) throw new Error("The test gave no answer for this call");
          return Promise.resolve(answer);
        },
      },
      directory: {
        resolveAssignees: (refs) =>
          Promise.resolve({
            refs: refs.filter((ref) => known.has(ref)),
            unknown: refs.filter((ref) => !known.has(ref)),
          }),
        calendar: (named, asked) => Promise.resolve(chooseCalendar(world.calendars ?? [], named, asked)),
        approverRule: (key) => Promise.resolve(world.rules?.find((rule) => rule.key === key) ?? null),
        addresses: (to, channel) => Promise.resolve(world.addresses?.[to]?.[channel] ?? []),
      },
    },
  };
  return { context, calls };
}

/** An answer of a service. */
export function answered(
  status: number,
  body: Json = null,
  headers: Record<string, string> = {},
): Awaited<ReturnType<ConnectionPort["request"]>> {
  return { response: { status, headers, body, durationMs: 5 } };
}
