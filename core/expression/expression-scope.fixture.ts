import { buildScope, type ExpressionScope, type ScopeParts } from "@/core/expression/scope";

/** 20 November 2026, 09:30 UTC. */
export const testNow = Date.UTC(2026, 10, 20, 9, 30);

/** A scope for tests: a run of an upgrade with one finished and one skipped step. */
export function testScope(parts: Partial<ScopeParts> = {}): ExpressionScope {
  return buildScope({
    trigger: { amount: 5, email: "sari@acme.com", items: [{ price: 1 }, { price: 2.5 }], plan: null },
    input: { amount: 5, current_plan: "pro", type: "refund", limit: 999_999 },
    vars: { limit: 3 },
    run: { id: "run_1", version: 2 },
    contact: { name: "Sari" },
    conversation: null,
    step: {
      kyc: { status: "completed", output: { ktpBundle: { verdict: "passed" } }, error: null },
      later: { status: "skipped", output: null, error: null },
    },
    iteration: { product: { cost: 3, name: "Tea" }, index: 0 },
    now: testNow,
    ...parts,
  });
}
