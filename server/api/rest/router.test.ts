import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRateLimiter } from "@/server/http/rate-limit";
import { definePublicRoute, type Method } from "./route";
import { createRouter } from "./router";
import { anyText } from "@/tests/any-text";

const route = (method: Method, path: string) =>
  definePublicRoute({
    method,
    path,
    summary: "Test.",
    response: z.object({}),
    handler: () => Promise.resolve({ body: {} }),
  });

const router = createRouter([
  route("GET", "/api/things"),
  route("POST", "/api/things"),
  route("GET", "/api/things/{id}"),
  route("GET", "/api/things/new"),
  route("GET", "/api/things/{thingId}/parts/{partId}"),
  route("POST", "/api/things/new/parts"),
]);

describe("the router", () => {
  it.each([
    ["GET", "/api/things", "/api/things", {}],
    ["GET", "/api/things/", "/api/things", {}],
    ["HEAD", "/api/things", "/api/things", {}],
    ["GET", "/api/things/new", "/api/things/new", {}],
    ["GET", "/api/things/a%2Fb", "/api/things/{id}", { id: "a/b" }],
    ["GET", "/api/things/1/parts/2", "/api/things/{thingId}/parts/{partId}", { thingId: "1", partId: "2" }],
    // The fixed branch `new` has no such end, so the parameter takes it.
    ["GET", "/api/things/new/parts/2", "/api/things/{thingId}/parts/{partId}", { thingId: "new", partId: "2" }],
  ])("%s %s goes to %s", (method, pathname, path, params) => {
    const match = router.match(method, pathname);
    expect(match.kind === "route" ? [match.route.path, match.params] : match.kind).toEqual([path, params]);
  });

  it.each(["/api", "/", "", "/api/things//parts/2", "/api/things/1/parts", "/api/things/1/parts/2/3", "/API/things"])(
    "%s is nowhere",
    (pathname) => {
      expect(router.match("GET", pathname).kind).toBe("none");
    },
  );

  it("lists the methods an address takes", () => {
    expect(router.match("PUT", "/api/things")).toEqual({ kind: "wrong_method", allowed: ["GET", "POST"] });
  });

  it("refuses the same route twice", () => {
    expect(() => createRouter([route("GET", "/api/a/{x}"), route("GET", "/api/a/{y}")])).toThrow(
      "Two routes for GET /api/a/{y}",
    );
  });

  it("throws for no path at all", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webPath(), anyText()), (path) => {
        expect(["route", "wrong_method", "none"]).toContain(router.match("GET", path).kind);
      }),
    );
  });
});

describe("the rate limit", () => {
  it("lets a burst through, then a steady rate, and says how long to wait", () => {
    const limiter = createRateLimiter({ perSecond: 10, burst: 20 });
    const passes = (count: number, now: number): number => {
      let passed = 0;
      for (let index = 0; index < count; index += 1) {
        try {
          limiter.take("key", now);
          passed += 1;
        } catch (error) {
          expect(error).toMatchObject({ code: "rate_limited", extra: { retryAfterSeconds: 1 } });
        }
      }
      return passed;
    };
    expect(passes(30, 0)).toBe(20);
    expect(passes(30, 500)).toBe(5);
    expect(passes(30, 60_000)).toBe(20);
    // A clock that jumps back gives nothing and breaks nothing.
    expect(passes(5, 0)).toBe(0);
    limiter.take("another key", 0);
  });
});
