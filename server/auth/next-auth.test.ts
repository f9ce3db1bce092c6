import { expect, it } from "vitest";
import { handleAuth } from "./next-auth";

const address = "http://127.0.0.1:3000/api/auth/callback/credentials";
const context = { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) };
const form = "application/x-www-form-urlencoded";

it.each([
  ["more than a sign-in needs", 413, form, `email=${"x".repeat(20_000)}`],
  ["broken JSON", 400, "application/json", "{"],
  ["neither form nor JSON", 415, "text/plain", "email=a"],
  ["a NUL", 422, form, "email=a%00&password=b"],
  ["K19 a name of Object.prototype in a form", 422, form, "email=a&constructor=1"],
  ["K19 a name of Object.prototype in JSON", 422, "application/json", '{"email":{"__proto__":1}}'],
])("sign-in with %s: %i", async (_, status, type, body) => {
  const request = new Request(address, { method: "POST", headers: { "content-type": type }, body });
  expect((await handleAuth(request, context)).status).toBe(status);
});

it("3.11 a body without a length is counted while it is read", async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(5_000));
    },
  });
  const init = { method: "POST", headers: { "content-type": form }, body: endless, duplex: "half" };
  expect((await handleAuth(new Request(address, init as RequestInit), context)).status).toBe(413);
});

it("K19 a query with a name of Object.prototype is refused", async () => {
  expect((await handleAuth(new Request(`${address}?toString=1`), context)).status).toBe(422);
});

it.each(["GET", "POST"])("L13 nobody writes into the log from outside, by %s", async (method) => {
  const body = method === "POST" ? "code=FALSE_ALARM" : undefined;
  const request = new Request("http://127.0.0.1:3000/api/auth/_log", {
    method,
    headers: { "content-type": form },
    ...(body === undefined ? {} : { body }),
  });
  expect((await handleAuth(request, { params: Promise.resolve({ nextauth: ["_log"] }) })).status).toBe(404);
});
