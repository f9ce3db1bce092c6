import { icons } from "lucide-react";
import { describe, expect, it } from "vitest";
import { actionOutput, actionRequest } from "@/core/connector-definition";
import type { FoundAction } from "@/core/connector-definition";
import { connectorCatalog, connectorDefinitions, findAction } from "./definitions";

function action(id: string): FoundAction["action"] {
  const found = findAction(id);
  if (found === null) throw new Error(`no action ${id}`);
  return found.action;
}

describe("the registry of connectors", () => {
  it("F-21 F-29 actions are found by their dotted names", () => {
    expect(connectorCatalog.actionIds).toEqual([
      "http.request",
      "identity.verify",
      "aml.screen",
      "stripe.subscription.preview",
      "stripe.subscription.update",
      "shopify.product.list",
      "shopify.order.create",
    ]);
    expect(findAction("stripe.subscription.update")?.connector.id).toBe("stripe");
    expect(findAction("stripe.subscription")).toBeNull();
    expect(findAction("__proto__")).toBeNull();
  });

  it.each(Object.values(connectorDefinitions))("$id is drawn with an icon that exists", ({ icon }) => {
    expect(Object.keys(icons)).toContain(
      icon
        .split("-")
        .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
        .join(""),
    );
  });
});

describe("actions on the wire", () => {
  it("F-15 identity.verify sends its input as the body", () => {
    expect(actionRequest(action("identity.verify"), { email: "jane@acme.com" })).toEqual({
      method: "POST",
      path: "/v1/identities/verify",
      body: { email: "jane@acme.com" },
    });
  });

  it("F-17 F-41 a preview reads as money, not as raw JSON", () => {
    const preview = action("stripe.subscription.preview");
    expect(actionRequest(preview, { customer: "cus_1", plan: "enterprise" }).path).toBe("/v1/invoices/create_preview");
    expect(
      actionOutput(preview, { amount_due: 4260, currency: "usd", current_plan: "pro", next_plan: "enterprise" }),
    ).toEqual({
      ok: true,
      output: {
        from: "Pro",
        to: "Enterprise",
        amount: 42.6,
        currency: "USD",
        display: "$42.60 prorated",
        monthly: "$42.60/mo prorated",
      },
    });
  });

  it("F-19 an update names the amount that was approved, in cents", () => {
    const update = action("stripe.subscription.update");
    expect(actionRequest(update, { customer: "cus/1", plan: "enterprise", expectedAmount: 42.6 })).toEqual({
      method: "POST",
      path: "/v1/customers/cus%2F1/subscription",
      body: { plan: "enterprise", expected_amount: 4260 },
    });
    expect(update.repeatable).toBe("unsafe");
  });

  it("an answer of another shape is an error, never a half output", () => {
    for (const id of [
      "stripe.subscription.preview",
      "stripe.subscription.update",
      "shopify.product.list",
      "shopify.order.create",
      "identity.verify",
      "aml.screen",
    ]) {
      for (const body of [null, "sorry", { error: "x" }, []]) expect(actionOutput(action(id), body).ok).toBe(false);
    }
    expect(actionOutput(action("http.request"), { any: "thing" })).toEqual({ ok: true, output: { any: "thing" } });
  });

  it("M-6 products come one per variant, orders with their number", () => {
    const list = action("shopify.product.list");
    expect(actionRequest(list, { maxQuantity: 5 })).toEqual({
      method: "GET",
      path: "/admin/api/2026-01/products.json",
      query: { max_quantity: "5" },
    });
    const variant = { sku: "TEA-1", inventory_quantity: 2, cost: "12.50", reorder_quantity: 100 };
    expect(actionOutput(list, { products: [{ id: 7, title: "Tea", status: "active", variants: [variant] }] })).toEqual({
      ok: true,
      output: {
        products: [{ id: "7", sku: "TEA-1", name: "Tea", quantity: 2, cost: 12.5, reorder: 100, active: true }],
      },
    });
    expect(
      actionOutput(action("shopify.order.create"), {
        order: { id: 9, name: "#1001", line_items: [{ sku: "TEA-1", quantity: 100 }] },
      }),
    ).toEqual({
      ok: true,
      output: { orderId: "9", number: "#1001", sku: "TEA-1", quantity: 100, ordered: true },
    });
  });
});
