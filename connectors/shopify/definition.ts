import { z } from "zod";
import { quoted } from "@/core/workflow/consequence";
import type { Json } from "@/core/json";
import { defineAction, defineConnector, reads } from "@/connectors/define-connector";

const productList = z.object({
  products: z.array(
    z.object({
      id: z.union([z.string(), z.number()]),
      title: z.string(),
      status: z.string(),
      variants: z.array(
        z.object({ sku: z.string(), inventory_quantity: z.number(), cost: z.string(), reorder_quantity: z.number() }),
      ),
    }),
  ),
});
const createdOrder = z.object({
  order: z.object({
    id: z.union([z.string(), z.number()]),
    name: z.string(),
    line_items: z.array(z.object({ sku: z.string(), quantity: z.number() })).min(1),
  }),
});

export const shopifyConnector = defineConnector({
  id: "shopify",
  title: "Shopify",
  description: "Products, stock and orders of a shop.",
  icon: "shopping-bag",
  auth: ["bearer", "header"],
  defaultConnection: "shopify",
  actions: {
    "product.list": defineAction({
      title: "List products",
      description: "Products with their stock, one entry per variant; `maxQuantity` keeps those that run low.",
      input: z.object({ maxQuantity: z.number().optional(), limit: z.int().min(1).max(250).optional() }),
      output: z.object({
        products: z.array(
          z.object({
            id: z.string(),
            sku: z.string(),
            name: z.string(),
            quantity: z.number(),
            cost: z.number(),
            reorder: z.number(),
            active: z.boolean(),
          }),
        ),
      }),
      method: "GET",
      path: "/admin/api/2026-01/products.json",
      repeatable: "safe",
      consequence: reads,
      request: ({ maxQuantity, limit }) => ({
        method: "GET",
        path: "/admin/api/2026-01/products.json",
        query: {
          ...(maxQuantity === undefined ? {} : { max_quantity: String(maxQuantity) }),
          ...(limit === undefined ? {} : { limit: String(limit) }),
        },
      }),
      response: productsOutput,
    }),
    "order.create": defineAction({
      title: "Create an order",
      description: "Orders a quantity of one article.",
      input: z.object({ sku: z.string().min(1), quantity: z.int().positive(), note: z.string().nullish() }),
      output: z.object({
        orderId: z.string(),
        number: z.string(),
        sku: z.string(),
        quantity: z.number(),
        ordered: z.literal(true),
      }),
      method: "POST",
      path: "/admin/api/2026-01/orders.json",
      repeatable: "unsafe",
      consequence: ({ sku, quantity }) =>
        `orders ${typeof quantity === "number" ? `${quantity.toLocaleString("en-US")} of ` : ""}${quoted(sku) ?? "an article"}`,
      request: ({ sku, quantity, note }) => ({
        method: "POST",
        path: "/admin/api/2026-01/orders.json",
        body: { order: { line_items: [{ sku, quantity }], note: note ?? "" } },
      }),
      response: orderOutput,
    }),
  },
});

function productsOutput(body: Json): Json {
  const parsed = productList.safeParse(body);
  if (!parsed.success) return body;
  return {
    products: parsed.data.products.flatMap(({ id, title, status, variants }) =>
      variants.map((variant) => ({
        id: String(id),
        sku: variant.sku,
        name: title,
        quantity: variant.inventory_quantity,
        cost: Number(variant.cost),
        reorder: variant.reorder_quantity,
        active: status === "active",
      })),
    ),
  };
}

function orderOutput(body: Json): Json {
  const parsed = createdOrder.safeParse(body);
  if (!parsed.success) return body;
  const { id, name, line_items } = parsed.data.order;
  return {
    orderId: String(id),
    number: name,
    sku: line_items[0]?.sku ?? "",
    quantity: line_items[0]?.quantity ?? 0,
    ordered: true,
  };
}
