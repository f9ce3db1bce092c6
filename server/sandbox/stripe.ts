import { asObject, type Json } from "@/core/json";
import { fingerprint } from "./fingerprint";
import { ok, refuse, textOf, type SandboxAnswer, type SandboxCall, type SandboxRoute } from "./route";

export const stripeRoutes: readonly SandboxRoute[] = [
  { service: "stripe", method: "POST", pattern: /^\/v1\/invoices\/create_preview$/, answer: preview },
  { service: "stripe", method: "POST", pattern: /^\/v1\/customers\/(?<customer>[^/]+)\/subscription$/, answer: update },
  { service: "stripe", method: "POST", pattern: /^\/v1\/refunds$/, answer: refund },
];

/** Cents due now for a change from `pro`. */
const prices: Readonly<Record<string, number>> = { free: 0, pro: 0, enterprise: 4260 };
const currentPlan = "pro";

function preview({ body }: SandboxCall): SandboxAnswer {
  const items: Json = asObject(body["subscription_details"])["items"] ?? null;
  const plan = textOf(asObject(Array.isArray(items) ? items[0] : null)["plan"]);
  if (textOf(body["customer"]) === "") return refuse(400, "Missing required param: customer");
  const price = priceOf(plan);
  return price === null
    ? refuse(400, `No such plan: ${plan}`)
    : ok({ amount_due: price, currency: "usd", current_plan: currentPlan, next_plan: plan });
}

function update({ body, params, callId }: SandboxCall): SandboxAnswer {
  const plan = textOf(body["plan"]);
  const price = priceOf(plan);
  if (price === null) return refuse(400, `No such plan: ${plan}`);
  const expected = body["expected_amount"];
  if (expected !== undefined && expected !== price)
    return refuse(409, `The amount is ${String(price)}, not ${JSON.stringify(expected)}`);
  const currency = body["expected_currency"];
  if (currency !== undefined && currency !== "usd")
    return refuse(409, `The currency is usd, not ${JSON.stringify(currency)}`);
  const customer = params["customer"] ?? "";
  return ok({
    id: `sub_${fingerprint(callId, 14)}`,
    customer,
    status: "active",
    plan: { id: plan },
    amount_charged: price,
    currency: "usd",
  });
}

function refund({ body, callId }: SandboxCall): SandboxAnswer {
  const { amount } = body;
  if (textOf(body["order"]) === "") return refuse(400, "Missing required param: order");
  if (typeof amount !== "number" || amount <= 0) return refuse(400, "Invalid amount");
  return ok({
    id: `re_${fingerprint(callId, 14)}`,
    order: textOf(body["order"]),
    amount,
    currency: "usd",
    status: "succeeded",
  });
}

function priceOf(plan: string): number | null {
  return Object.hasOwn(prices, plan) ? (prices[plan] ?? null) : null;
}
