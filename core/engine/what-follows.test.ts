import { expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import kyc from "@/core/workflow/fixtures/indonesian-kyc-v1.json";
import upgrade from "@/core/workflow/fixtures/subscription-upgrade.json";
import { importSpec } from "@/core/workflow/import";
import { stepConsequences } from "@/steps/consequences";
import { stepDefinitions } from "@/steps/definitions";
import { compile } from "./compile";
import { literals, whatFollows, type Known } from "./what-follows";

const tellers = { definitions: stepDefinitions, consequences: stepConsequences };

function next(raw: unknown, node: string, handle: string, known?: Known): string[] {
  const result = importSpec(raw, stepDefinitions);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return whatFollows(compile(result.spec, defaultConfig, stepDefinitions), node, handle, tellers, known);
}

/** Steps behind an approval, one after the other. */
const chain = (...nodes: Record<string, unknown>[]) => ({
  startNodeId: "a",
  nodes: [{ id: "a", type: "approval" }, ...nodes.map((node, at) => ({ id: `n${String(at)}`, ...node }))],
  edges: nodes.map((_, at) => ({ from: at === 0 ? "a" : `n${String(at - 1)}`, to: `n${String(at)}` })),
});

it("F-37 says what a decision sets off, as those notice it whom it is about", () => {
  const filled: Known = (node, setting, kind) =>
    typeof setting === "string" && setting.includes("output.amount")
      ? 42.6
      : typeof setting === "string" && setting.includes("output.currency")
        ? "USD"
        : literals(node, setting, kind);
  expect(next(upgrade.spec, "approve", "approved", filled)[0]).toBe(
    "charges $42.60 and moves the customer to “Enterprise”",
  );
  expect(next(upgrade.spec, "approve", "approved")[0]).toBe(
    "moves the customer to “Enterprise” and charges the difference",
  );
  expect(next(upgrade.spec, "approve", "rejected")[0]).toMatch(/^writes to somebody by /);
  expect(next(kyc.spec, "wait_for_analyst", "rejected")).toEqual(["tells other systems of “kyc.failed”"]);
});

it("C1 an approval without a path for rejections says that the run fails", () => {
  const raw = chain({ type: "end", message: "Nothing to do" });
  expect(next(raw, "a", "rejected")).toEqual(["fails the run, since nothing else is connected"]);
  expect(next(raw, "a", "approved")).toEqual(["ends the run: “Nothing to do”"]);
});

it("names branches side by side and stops where somebody decides again", () => {
  const raw = {
    startNodeId: "a",
    nodes: [
      { id: "a", type: "approval" },
      { id: "b", type: "notify", name: "Tell sales", channels: ["email"], to: "sales@acme.test", message: "Sold" },
      { id: "c", type: "approval", name: "Second approval", assignTo: "role:manager" },
      { id: "d", type: "end" },
    ],
    edges: [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
      { from: "c", to: "d" },
    ],
  };
  expect(next(raw, "a", "approved")).toEqual([
    "writes to “sales@acme.test” by Email: “Sold” and asks manager about “Second approval”",
  ]);
});

it("goes past what nobody notices, and past what is switched off", () => {
  const raw = chain(
    { type: "transform", expression: { x: "1" } },
    { type: "service_call", service: "shop", method: "GET", path: "/orders" },
    { type: "service_call", service: "shop", method: "POST", path: "/orders", disabled: true },
    { type: "service_call", service: "shop", method: "DELETE", path: "/orders/1" },
    { type: "wait", duration: "P2DT3H" },
    { type: "end" },
  );
  expect(next(raw, "a", "approved")).toEqual(["deletes something at “shop”", "waits 2 days and 3 hours"]);
  expect(next(chain({ type: "transform", expression: { x: "1" } }), "a", "approved")).toEqual(["ends the run"]);
});

it("says that it goes on where more follows than is told", () => {
  const many = Array.from({ length: 7 }, (_, n) => ({ type: "webhook_emit", event: `e.${String(n)}` }));
  expect(next(chain(...many), "a", "approved")).toEqual([
    ...[0, 1, 2, 3].map((n) => `tells other systems of “e.${String(n)}”`),
    "goes on",
  ]);
});
