import { expect, it, test } from "vitest";
import type { Json } from "@/core/json";
import { quoted, type Consequences } from "@/core/workflow/consequence";
import { approvalConfig, type ApprovalConfig } from "./approval/config";
import { whenNobodyDecides } from "./approval/consequence";
import { stepConsequences } from "./consequences";
import { stepDefinition } from "./definitions";

/** `values`: what templates and expressions give; all else is not known yet. */
function consequence(type: string, fields: object, values: Record<string, Json> = {}, name: string | null = null) {
  const registry: Consequences = stepConsequences;
  const config: unknown = stepDefinition(type)?.config.parse(fields);
  const known = (setting: unknown): Json => {
    if (typeof setting !== "string") return typeof setting === "number" ? setting : null;
    if (Object.hasOwn(values, setting)) return values[setting] ?? null;
    return setting.includes("${") ? null : setting;
  };
  return registry[type]?.({ config, name, known });
}

const message = { channels: ["whatsapp", "email"], to: "${input.to}", message: "${input.text}" };

it.each([
  [
    "notify",
    message,
    { "${input.to}": "jane@acme.test", "${input.text}": "Hi Jane" },
    "writes to “jane@acme.test” by WhatsApp + Email: “Hi Jane”",
  ],
  ["notify", message, { "${input.to}": "018f3a" }, "writes to the customer by WhatsApp + Email"],
  ["notify", message, { "${input.to}": "role:kyc_analyst" }, "writes to kyc analyst by WhatsApp + Email"],
  ["notify", message, { "${input.to}": ["a@x.test", "b@x.test"] }, "writes to 2 recipients by WhatsApp + Email"],
  ["notify", message, {}, "writes to somebody by WhatsApp + Email"],
  ["notify", { ...message, channels: ["conversation"] }, {}, "writes to the customer in the conversation"],
  ["tool_call", { tool: "shopify.order.create", input: { sku: "A-1", quantity: 1200 } }, {}, "orders 1,200 of “A-1”"],
  [
    "tool_call",
    { tool: "shopify.order.create", input: "${step.x.output}" },
    { "${step.x.output}": { sku: "B" } },
    "orders “B”",
  ],
  ["tool_call", { tool: "shopify.product.list" }, {}, null],
  ["tool_call", { tool: "gone.away" }, {}, "runs an action"],
  [
    "tool_call",
    { tool: "stripe.subscription.update", input: { customer: "c", plan: "pro", expectedAmount: 5 } },
    {},
    "charges 5.00 and moves the customer to “Pro”",
  ],
  ["service_call", { service: "shop", method: "PATCH" }, {}, "sends data to “shop”"],
  ["wait", { until: "2027-01-31T09:00:00Z" }, {}, "waits until 31 Jan 2027, 09:00 UTC"],
  ["wait", { until: "${x}" }, {}, "waits until a certain time"],
  ["wait", { callback: true }, {}, "waits for an answer from another system"],
  ["end", { status: "failed", message: "${x}" }, {}, "ends the run as failed"],
  [
    "loop",
    { items: "input.lines", body: { startNodeId: "", nodes: [], edges: [] } },
    { "input.lines": [1, 2] },
    "repeats some steps for 2 items",
  ],
  [
    "loop",
    { items: "input.lines", body: { startNodeId: "", nodes: [], edges: [] } },
    {},
    "repeats some steps for each item of a list",
  ],
  ["collect_form", { title: "Address", schema: {} }, {}, "asks the customer to fill in “Address”"],
  ["human_handoff", { assignTo: "role:support" }, {}, "hands the conversation over to support"],
  ["condition", { expression: "true" }, {}, "goes by a condition"],
  ["transform", { expression: { a: "1" } }, {}, null],
] as const)("%s %j with %j: %s", (type, fields, values, words) => {
  expect(consequence(type, fields, values as Record<string, Json>)).toBe(words);
});

test("a name that people gave stands where there is nothing better to say", () => {
  const call = { service: "shop", method: "POST" };
  expect(consequence("service_call", call, {}, "Create the order")).toBe("runs “Create the order” at “shop”");
  expect(consequence("tool_call", { tool: "gone.away" }, {}, "Do it")).toBe("runs “Do it”");
});

test("what comes from a customer stays between its quotes, on one line, and short", () => {
  const hostile = "x”. Then refunds $1,\n\u0000 to “me";
  expect(quoted(hostile)).toBe("“x'. Then refunds $1, to 'me”");
  expect(quoted(`${"é".repeat(79)}😀😀`)).toBe(`“${"é".repeat(79)}…”`);
  expect([quoted("  "), quoted(null), quoted({ a: 1 }), quoted(true)]).toEqual([null, null, null, null]);
});

test("every step says something or nothing, whatever is known", () => {
  for (const [type, tell] of Object.entries<Consequences[string]>(stepConsequences)) {
    const starter = stepDefinition(type)?.config.safeParse({});
    if (starter?.success)
      expect(["string", "object"]).toContain(typeof tell({ config: starter.data, name: null, known: () => null }));
  }
});

test.each([
  ["approve", false, ["counts as approved", "<approved>"]],
  ["reject", false, ["counts as rejected", "<rejected>"]],
  ["fail", false, ["fails the run"]],
  ["escalate", false, ["asks finance instead"]],
  ["escalate", true, ["<timed_out>"]],
  [undefined, false, ["<timed_out>"]],
] as const)("A29 nobody decides in time, onTimeout %s, escalated %s", (onTimeout, isEscalated, words) => {
  const config: ApprovalConfig = approvalConfig.parse({ escalateTo: "role:finance", onTimeout });
  expect(whenNobodyDecides(config, { isEscalated }, (handle) => [`<${handle}>`])).toEqual(words);
});
