import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createHttpClient } from "./http-client";
import { loopbackServer } from "./loopback.testkit";
import { parsePrivateHosts } from "./private-hosts";
import { anyText } from "@/tests/any-text";

const client = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
const server = await loopbackServer((_request, response) => response.end("{}"));
afterAll(async () => {
  await client.close();
  await server.close();
});

describe("3.6 the outbound client never throws", () => {
  test.each([1500.5, 2 ** 32, 30 * 86_400_000, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN])(
    "a timeout of %s ms is a timeout, not a fault of ours",
    async (timeoutMs) => {
      expect(await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs })).toMatchObject({
        response: { status: 200 },
      });
    },
  );

  test("whatever it is asked", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          kind: fc.constantFrom("connection" as const, "callback" as const, "subscription" as const, {
            receiver: "Slack",
          }),
          method: fc.oneof(fc.constantFrom("GET", "post", "TRACE", "CONNECT"), fc.string({ maxLength: 6 })),
          url: fc.oneof(
            fc.constant(server.origin),
            fc.webUrl().map((url) => `x${url}`),
            fc.string(),
          ),
          headers: fc.dictionary(fc.string(), anyText(), { maxKeys: 2 }),
          timeoutMs: fc.oneof(fc.double({ min: 50 }), fc.constantFrom(Number.NaN, 2 ** 31, 2 ** 40)),
          body: fc.option(fc.string(), { nil: "" }),
          maxRedirects: fc.integer(),
        }),
        async (request) => {
          const result = await client.send(request);
          expect("error" in result ? result.error.message : result.response.status).toBeTruthy();
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("B-35 what is not accepted as secure", () => {
  test("is also a port that does not speak https", async () => {
    expect(
      await client.send({
        kind: "connection",
        method: "GET",
        url: server.origin.replace("http:", "https:"),
        timeoutMs: 5000,
      }),
    ).toMatchObject({
      error: { code: "tls_failed", message: expect.stringContaining("does not speak https") as string },
    });
  });
});
