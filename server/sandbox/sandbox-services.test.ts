import { expect, test } from "vitest";
import { asObject, type JsonObject } from "@/core/json";
import { textOf } from "./route";
import { call, counted, service } from "./sandbox.testkit";

test("F-31 the subscription upgrade: verify, preview $42.60, update", async () => {
  const verified = await call("u:verify", "identity.verify", { email: "jane@acme.com" });
  expect(verified).toMatchObject({
    kind: "completed",
    output: { verified: true, name: "Jane", customerId: expect.stringMatching(/^cus_jane_[0-9a-f]{6}$/) as unknown },
  });
  const customer = verified.kind === "completed" ? textOf(asObject(verified.output)["customerId"]) : "";
  expect(await call("u:preview", "stripe.subscription.preview", { customer, plan: "enterprise" })).toMatchObject({
    output: {
      from: "Pro",
      to: "Enterprise",
      amount: 42.6,
      display: "$42.60 prorated",
      monthly: "$42.60/mo prorated",
    },
  });
  expect(
    await call("u:update", "stripe.subscription.update", { customer, plan: "enterprise", expectedAmount: 42.6 }),
  ).toMatchObject({ output: { customer, plan: "enterprise", status: "active", amount: 42.6 } });
});

test("a wrong expected amount is refused", async () => {
  expect(
    await call("w", "stripe.subscription.update", { customer: "cus_1", plan: "enterprise", expectedAmount: 10 }),
  ).toMatchObject({ kind: "failed", error: { class: "4xx", message: expect.stringContaining("4260") as unknown } });
  expect(await counted("w")).toMatchObject({ response: { body: { physical: 1, logical: 1 } } });
});

test("K-36 the identity card: the verdict follows the input", async () => {
  const capture = (customerId: string, bundle: JsonObject = {}) =>
    service(`ktp:${customerId}:${JSON.stringify(bundle)}`, "identity", "/api/identity/document/ktp/capture", {
      customerId,
      bundle,
    });
  expect(await capture("c-1")).toMatchObject({
    output: {
      ktpBundle: {
        verdict: "passed",
        ocr: {
          nik: expect.stringMatching(/^\d{16}$/) as unknown,
          dateOfBirth: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
        },
      },
      customer: { kycLevel: 2 },
    },
  });
  expect(await capture("c-review-1")).toMatchObject({ output: { ktpBundle: { verdict: "requires_review" } } });
  expect(await capture("c-fail-1")).toMatchObject({
    output: { ktpBundle: { verdict: "failed" }, customer: { kycLevel: 0 } },
  });
  expect(await capture("c-2", { verdict: "requires_review", fullName: "Demo Applicant" })).toMatchObject({
    output: { ktpBundle: { verdict: "requires_review", ocr: { fullName: "Demo Applicant" } } },
  });
  expect(await capture("c-outage")).toMatchObject({
    kind: "failed",
    error: { code: "http_5xx", retryAfterMs: 1000 },
  });
  expect(await capture("c-1")).toEqual(await capture("c-1"));
});

test("screening and the shop", async () => {
  expect(
    await service("aml:1", "aml", "/api/aml/screen", {
      applicantName: "Demo Applicant",
      applicantNik: "1",
      applicantDob: "1990-01-01",
    }),
  ).toMatchObject({ output: { status: "clear", score: 0, matches: [] } });
  expect(await call("aml:2", "aml.screen", { applicantName: "Match Me" })).toMatchObject({
    output: { status: "match", matches: [{ name: "Match Me" }] },
  });
  const low = await call("shop:1", "shopify.product.list", { maxQuantity: 5 });
  expect(low).toMatchObject({
    output: {
      products: [
        { sku: "FP-100", quantity: 3, cost: 12.5, reorder: 40, active: true },
        { sku: "CUP-06" },
        { sku: "GR-02" },
        { sku: "HB-1K", quantity: 0 },
      ],
    },
  });
  expect(await call("shop:2", "shopify.product.list", { limit: 1 })).toMatchObject({
    output: { products: [{ sku: "FP-100" }] },
  });
  expect(await call("shop:3", "shopify.order.create", { sku: "FP-100", quantity: 40, note: null })).toMatchObject({
    output: { ordered: true, sku: "FP-100", quantity: 40, number: expect.stringMatching(/^#\d{4}$/) as unknown },
  });
});
