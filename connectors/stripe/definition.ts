import { z } from "zod";
import { quoted } from "@/core/workflow/consequence";
import type { Json } from "@/core/json";
import { defineAction, defineConnector, reads } from "@/connectors/define-connector";
import { capitalised, moneyText, toMinorUnits, toMajorUnits } from "./money-text";

const invoicePreview = z.object({
  amount_due: z.number(),
  currency: z.string(),
  current_plan: z.string(),
  next_plan: z.string(),
});
const subscription = z.object({
  id: z.string(),
  customer: z.string(),
  status: z.string(),
  plan: z.object({ id: z.string() }),
  amount_charged: z.number(),
  currency: z.string(),
});

export const stripeConnector = defineConnector({
  id: "stripe",
  title: "Stripe",
  description: "Subscriptions and what they cost.",
  icon: "credit-card",
  auth: ["bearer"],
  defaultConnection: "stripe",
  actions: {
    "subscription.preview": defineAction({
      title: "Preview a plan change",
      description: "Says what a change of plan costs now, without changing anything.",
      input: z.object({ customer: z.string().min(1), plan: z.string().min(1) }),
      output: z.object({
        from: z.string(),
        to: z.string(),
        amount: z.number(),
        currency: z.string(),
        display: z.string(),
        monthly: z.string(),
      }),
      method: "POST",
      path: "/v1/invoices/create_preview",
      repeatable: "safe",
      consequence: reads,
      request: ({ customer, plan }) => ({
        method: "POST",
        path: "/v1/invoices/create_preview",
        body: { customer, subscription_details: { items: [{ plan }], proration_behavior: "create_prorations" } },
      }),
      response: previewOutput,
    }),
    "subscription.update": defineAction({
      title: "Change the plan",
      description:
        "Moves a customer to another plan and charges the difference. Refused when the amount or its currency is not the expected one.",
      input: z.object({
        customer: z.string().min(1),
        plan: z.string().min(1),
        expectedAmount: z.number().optional(),
        expectedCurrency: z
          .string()
          .regex(/^[A-Za-z]{3}$/)
          .optional(),
      }),
      output: z.object({
        subscriptionId: z.string(),
        customer: z.string(),
        plan: z.string(),
        status: z.string(),
        amount: z.number(),
        currency: z.string(),
        display: z.string(),
      }),
      method: "POST",
      path: "/v1/customers/{customer}/subscription",
      repeatable: "unsafe",
      consequence: updateWords,
      request: ({ customer, plan, expectedAmount, expectedCurrency }) => ({
        method: "POST",
        path: `/v1/customers/${encodeURIComponent(customer)}/subscription`,
        body: {
          plan,
          ...(expectedAmount === undefined ? {} : { expected_amount: toMinorUnits(expectedAmount) }),
          ...(expectedCurrency === undefined ? {} : { expected_currency: expectedCurrency.toLowerCase() }),
        },
      }),
      response: updateOutput,
    }),
  },
});

function updateWords({ plan, expectedAmount, expectedCurrency }: Readonly<Record<string, Json>>): string {
  const change = `moves the customer to ${typeof plan === "string" ? (quoted(capitalised(plan)) ?? "") : "another plan"}`;
  if (typeof expectedAmount !== "number") return `${change} and charges the difference`;
  const currency = typeof expectedCurrency === "string" ? expectedCurrency : null;
  return `charges ${currency === null ? expectedAmount.toFixed(2) : moneyText(toMinorUnits(expectedAmount), currency)} and ${change}`;
}

function previewOutput(body: Json): Json {
  const parsed = invoicePreview.safeParse(body);
  if (!parsed.success) return body;
  const { amount_due, currency, current_plan, next_plan } = parsed.data;
  const money = moneyText(amount_due, currency);
  return {
    from: capitalised(current_plan),
    to: capitalised(next_plan),
    amount: toMajorUnits(amount_due),
    currency: currency.toUpperCase(),
    display: `${money} prorated`,
    monthly: `${money}/mo prorated`,
  };
}

function updateOutput(body: Json): Json {
  const parsed = subscription.safeParse(body);
  if (!parsed.success) return body;
  const { id, customer, status, plan, amount_charged, currency } = parsed.data;
  return {
    subscriptionId: id,
    customer,
    plan: plan.id,
    status,
    amount: toMajorUnits(amount_charged),
    currency: currency.toUpperCase(),
    display: `${moneyText(amount_charged, currency)} charged`,
  };
}
