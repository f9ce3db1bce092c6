import { describe, expect, it } from "vitest";
import { call, created, other } from "./handle.testkit";

describe("Idempotency-Key", () => {
  it("gives the first answer again, also to requests at the same time", async () => {
    const before = created;
    const post = () =>
      call({ method: "POST", path: "/api/things", body: { name: "once" }, headers: { "idempotency-key": "k-1" } });
    const answers = await Promise.all([post(), post(), post(), post()]);
    answers.push(await post());
    expect(created).toBe(before + 1);
    expect(answers.map(({ status, json }) => [status, json["number"]])).toEqual(answers.map(() => [201, created]));
  });

  it("409 for another body under the same key", async () => {
    await call({ method: "POST", path: "/api/things", body: { name: "first" }, headers: { "idempotency-key": "k-2" } });
    const { status, json } = await call({
      method: "POST",
      path: "/api/things",
      body: { name: "second" },
      headers: { "idempotency-key": "k-2" },
    });
    expect([status, json.error?.code]).toEqual([409, "idempotency_key_reused"]);
  });

  it("does not keep a refusal, and keys of two callers are two keys", async () => {
    const headers = { "idempotency-key": "k-3" };
    expect((await call({ method: "POST", path: "/api/things", body: { name: "taken" }, headers })).status).toBe(409);
    const corrected = await call({ method: "POST", path: "/api/things", body: { name: "free" }, headers });
    expect(corrected.status).toBe(201);
    const foreign = await call({
      method: "POST",
      path: "/api/things",
      body: { name: "else" },
      headers,
      key: other.members.owner.apiKey,
    });
    expect(foreign.status).toBe(201);
  });

  it("400 for a key that is none", async () => {
    expect(
      (await call({ method: "POST", path: "/api/things", body: { name: "a" }, headers: { "idempotency-key": "a b" } }))
        .status,
    ).toBe(400);
  });
});
