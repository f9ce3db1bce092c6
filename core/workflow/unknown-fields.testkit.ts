import type { JsonObject } from "@/core/json";

const retry = {
  maxAttempts: 4,
  backoff: { type: "exponential", delayMs: 500, factor: 2, maxDelayMs: 9000, jitter: true },
  retryOn: ["5xx"],
};

/** A workflow document that says everything every step type can say. */
export const everything: JsonObject = {
  slug: "everything",
  name: "Everything",
  description: "All fields of all steps.",
  triggers: [
    {
      id: "hook",
      type: "webhook",
      label: "Order",
      respond: "output",
      respondTimeoutMs: 5000,
      input: { a: "${trigger.a}" },
    },
    { id: "daily", type: "schedule", cron: "0 9 * * *", timezone: "Asia/Jakarta", missed: "last", overlap: "queue" },
    { id: "stock", type: "event", event: "product.stock_depleted", filter: "trigger.active == true" },
  ],
  config: {
    timeoutMs: 60_000,
    maxRetries: 2,
    backoff: { type: "fixed", delayMs: 100 },
    variables: { limit: 5 },
    maxAgeMs: 86_400_000,
    concurrency: { limit: 3, key: "all", whenFull: "queue" },
    enabled: true,
    whileDraft: "block",
  },
  spec: {
    specVersion: "1",
    startNodeId: "start",
    inputSchema: {
      type: "object",
      required: ["email"],
      additionalProperties: true,
      properties: {
        email: { type: "string", minLength: 3, maxLength: 80, format: "email", title: "E-mail", "x-order": 1 },
        amount: { type: "number", minimum: 0, maximum: 10, description: "How much", $comment: "net" },
        tags: { type: "array", items: { type: "string", enum: ["a", "b"] }, uniqueItems: true },
      },
    },
    nodes: [
      { id: "start", type: "start" },
      {
        id: "tool",
        type: "tool_call",
        tool: "identity.verify",
        input: { email: "${input.email}" },
        connection: "identity",
      },
      {
        id: "call",
        type: "service_call",
        name: "Call",
        note: "why",
        result: "${output.id}",
        service: "identity",
        method: "POST",
        path: "/x",
        query: { q: "1" },
        headers: { "x-trace": "${trigger.id}" },
        body: { methd: "free", nested: { assignedTo: "data" } },
        retry,
        timeoutMs: 30_000,
        onError: "continue",
        disabled: false,
        repeatable: "safe",
        sensitive: ["body.nested"],
        join: "all",
        ui: { position: { x: 0, y: 0 } },
      },
      { id: "cond", type: "condition", expression: { "==": [{ var: "input.email" }, "x"] } },
      { id: "dec", type: "decision", expression: "input.plan", cases: ["gold"], defaultCase: "gold" },
      { id: "shape", type: "transform", expression: { polcy: "${input.email}" } },
      {
        id: "ai",
        type: "llm",
        prompt: "Say",
        system: "You",
        model: "m",
        connection: "c",
        outputSchema: { type: "object" },
        maxCostUsd: 1,
      },
      {
        id: "each",
        type: "loop",
        items: "input.list",
        itemName: "row",
        concurrency: 2,
        onItemError: "continue",
        max: 3,
        body: {
          startNodeId: "inner",
          nodes: [
            { id: "inner", type: "output", output: { methd: "${row}" } },
            { id: "more", type: "output", output: 1 },
          ],
          edges: [{ from: "inner", to: "more", case: "out" }],
        },
      },
      {
        id: "form",
        type: "collect_form",
        title: "T",
        description: "D",
        schema: { type: "object", required: ["a"], properties: { a: { type: "string", pattern: "^a" } } },
        values: { a: "${input.a}" },
        deliverTo: "conversation",
        assignTo: "role:operator",
        timeoutHours: 2,
        onTimeout: "fail",
      },
      {
        id: "ok",
        type: "approval",
        actionLabel: "Refund",
        assignTo: ["role:manager"],
        context: { headline: "H", fields: [{ label: "L", value: "${input.a}" }, "input.b"], conversation: true },
        quorum: { mode: "any", n: 1 },
        policy: { requesterCannotApprove: true, commentRequiredOn: ["rejected"], editable: ["input.amount"] },
        bindFields: ["input.amount"],
        timeoutHours: 24,
        escalateTo: "role:owner",
        onTimeout: "escalate",
        onReject: "fail",
      },
      {
        id: "hand",
        type: "human_handoff",
        assignTo: "role:operator",
        summary: "S",
        message: "M",
        timeout: "PT1H",
        onTimeout: "fail",
      },
      { id: "tell", type: "notify", channels: ["email"], to: "role:manager", subject: "S", message: "M" },
      { id: "emit", type: "webhook_emit", event: "kyc.done", payload: { polcy: 1 } },
      { id: "pause", type: "wait", duration: "PT5M" },
      { id: "sub", type: "subworkflow", workflow: "other", version: "live", input: { a: 1 } },
      { id: "both", type: "parallel" },
      { id: "out", type: "output", output: { requird: "${input.email}" } },
      { id: "end", type: "end", status: "completed", message: "Done", output: {} },
    ],
    edges: [
      { from: "start", to: "tool" },
      { from: "cond", to: "dec", case: "true" },
    ],
  },
};

/** Where authors choose the names themselves. */
const free = /(?:^|\.)(?:variables|input|query|headers|body|expression|values|payload|output|properties|ui|x-order)$/;

/** The places of all names that the format gives: the path of the object, and the name. */
export function givenNames(value: unknown, path = ""): { holder: JsonObject; name: string; path: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => givenNames(item, `${path}[${String(index)}]`));
  if (typeof value !== "object" || value === null) return [];
  const holder = value as JsonObject;
  const isFree = free.test(path) && !Object.hasOwn(holder, "nodes");
  return Object.entries(holder).flatMap(([name, inner]) => {
    const here = path === "" ? name : `${path}.${name}`;
    const own = isFree || name.startsWith("x-") ? [] : [{ holder, name, path: here }];
    const goesOn = !isFree || /(?:^|\.)properties$/.test(path);
    return [...own, ...(goesOn ? givenNames(inner, here) : [])];
  });
}
