import type { FormLayout } from "./field-spec";
import { group } from "./layout-parts";

export const toolCallLayout: FormLayout = {
  groups: [
    group(null, [
      { path: ["tool"], label: "Action", control: { kind: "action" } },
      {
        path: ["input"],
        label: "Input",
        optional: true,
        control: { kind: "action_input" },
        when: (node) => typeof node["tool"] === "string" && node["tool"] !== "",
      },
      {
        path: ["connection"],
        label: "Connection",
        help: "Only when it is not the usual one.",
        optional: true,
        control: { kind: "connection" },
      },
    ]),
  ],
  notOffered: [],
};

export const serviceCallLayout: FormLayout = {
  groups: [
    group("Request", [
      {
        path: ["service"],
        label: "Connection",
        help: "It knows the address and adds the credentials.",
        control: { kind: "connection" },
      },
      {
        path: ["method"],
        label: "Method",
        optional: true,
        control: {
          kind: "choice",
          unset: "GET",
          options: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].map((value) => ({ value, label: value })),
        },
      },
      {
        path: ["path"],
        label: "Path",
        help: "Below the address of the connection. What templates fill in is percent-encoded.",
        optional: true,
        control: { kind: "template", placeholder: "/v1/customers/${input.customerId}" },
      },
      {
        path: ["query"],
        label: "Query",
        optional: true,
        control: { kind: "key_values", keyLabel: "Parameter", add: "Add a parameter" },
      },
      {
        path: ["headers"],
        label: "Headers",
        help: "One whose template has no value is left out.",
        optional: true,
        control: {
          kind: "key_values",
          keyLabel: "Header",
          add: "Add a header",
          suggestions: ["Accept", "Content-Type", "Idempotency-Key", "If-Match", "X-Request-Id"],
        },
      },
      {
        path: ["body"],
        label: "Body",
        optional: true,
        control: { kind: "value", add: "Add a field" },
        when: (node) => !bodiless.has(node["method"]) || node["body"] !== undefined,
      },
    ]),
  ],
  notOffered: [],
};

const bodiless: ReadonlySet<unknown> = new Set([undefined, "GET", "HEAD"]);

export const llmLayout: FormLayout = {
  groups: [
    group(null, [
      { path: ["prompt"], label: "Prompt", control: { kind: "template", lines: 8 } },
      {
        path: ["system"],
        label: "Instructions",
        help: "What holds for every prompt: role, tone, limits.",
        optional: true,
        control: { kind: "template", lines: 3 },
      },
      { path: ["model"], label: "Model", optional: true, control: { kind: "text", mono: true } },
      { path: ["connection"], label: "Connection", optional: true, control: { kind: "connection" } },
      {
        path: ["outputSchema"],
        label: "Shape of the answer",
        help: "JSON Schema. Without it the answer is text.",
        optional: true,
        control: { kind: "json" },
      },
      {
        path: ["maxCostUsd"],
        label: "Cost at most",
        optional: true,
        control: { kind: "number", unit: "US dollars", min: 0 },
      },
    ]),
  ],
  notOffered: [],
};

export const webhookEmitLayout: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["event"],
        label: "Event",
        help: "Everybody who subscribed to this name is told.",
        control: { kind: "template", placeholder: "kyc.completed" },
      },
      { path: ["payload"], label: "Payload", optional: true, control: { kind: "value", add: "Add a field" } },
    ]),
  ],
  notOffered: [],
};
