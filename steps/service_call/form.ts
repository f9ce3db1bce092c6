import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const serviceCallForm: FormLayout = {
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
