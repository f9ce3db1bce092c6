import { afterAll, beforeAll, expect, it } from "vitest";
import { attack, type Attacked } from "./attacked.testkit";
import { report } from "./extent.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("inngest");
});
afterAll(() => target.close());

it("S15 the product alone serves no functions to anybody, and tells nothing about them", async () => {
  const headers: readonly Record<string, string>[] = [
    {},
    { "x-inngest-signature": "t=0&s=00" },
    { "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}`, "x-inngest-server-kind": "dev" },
    { "x-inngest-req-version": "1", "x-inngest-sync-kind": "in_band" },
  ];
  let tries = 0;
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
    for (const path of [
      "/api/inngest",
      "/api/inngest?fnId=run-workflow&stepId=step",
      "/.netlify/functions/inngest",
      "/x/api/inngest",
    ])
      for (const each of headers) {
        const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method);
        const { status, text } = await target.send(method, path, {
          key: null,
          headers: each,
          ...(hasBody ? { body: "{}" } : {}),
        });
        tries += 1;
        expect({ method, path, isRefused: status >= 400 && status < 500 }, text).toEqual({
          method,
          path,
          isRefused: true,
        });
        expect(text).not.toMatch(/has_signing_key|function_count|mode|at .*\.[mc]?js:\d+/);
      }
  report(`S15 Inngest: ${tries} requests, 0 served`);
});
