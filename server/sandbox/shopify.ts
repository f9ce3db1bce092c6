import { asObject } from "@/core/json";
import { digitsOf } from "./fingerprint";
import { ok, refuse, textOf, type SandboxAnswer, type SandboxCall, type SandboxRoute } from "./route";

export const shopifyRoutes: readonly SandboxRoute[] = [
  { service: "shopify", method: "GET", pattern: /^\/admin\/api\/2026-01\/products\.json$/, answer: products },
  { service: "shopify", method: "POST", pattern: /^\/admin\/api\/2026-01\/orders\.json$/, answer: order },
];

interface Article {
  title: string;
  sku: string;
  stock: number;
  cost: string;
  reorder: number;
}

const catalogue: readonly Article[] = [
  { title: "Filter paper, 100 sheets", sku: "FP-100", stock: 3, cost: "12.50", reorder: 40 },
  { title: "Espresso cup", sku: "CUP-06", stock: 5, cost: "4.20", reorder: 60 },
  { title: "Grinder, stainless", sku: "GR-02", stock: 2, cost: "89.00", reorder: 15 },
  { title: "House blend, 1 kg", sku: "HB-1K", stock: 0, cost: "18.75", reorder: 80 },
  { title: "Milk jug, 0.6 l", sku: "JUG-06", stock: 42, cost: "9.90", reorder: 20 },
  { title: "Tamper, 58 mm", sku: "TMP-58", stock: 17, cost: "24.00", reorder: 10 },
];

function products({ query }: SandboxCall): SandboxAnswer {
  const most = query.get("max_quantity");
  const limit = query.get("limit");
  const low = catalogue.filter(({ stock }) => most === null || stock <= Number(most));
  return ok({
    products: low.slice(0, limit === null ? undefined : Number(limit)).map(({ title, sku, stock, cost, reorder }) => ({
      id: Number(digitsOf(sku, 10)),
      title,
      status: "active",
      variants: [{ sku, inventory_quantity: stock, cost, reorder_quantity: reorder }],
    })),
  });
}

function order({ body, callId }: SandboxCall): SandboxAnswer {
  const { line_items: lines } = asObject(body["order"]);
  const line = asObject(Array.isArray(lines) ? lines[0] : null);
  const sku = textOf(line["sku"]);
  const { quantity } = line;
  if (sku === "" || typeof quantity !== "number" || quantity < 1)
    return refuse(422, "order.line_items needs a sku and a quantity of at least 1");
  return ok(
    { order: { id: Number(digitsOf(callId, 12)), name: `#${digitsOf(callId, 4)}`, line_items: [{ sku, quantity }] } },
    201,
  );
}
