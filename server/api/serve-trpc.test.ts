import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { maxBatchedCalls, plainJson } from "@/core/contracts/trpc-wire";
import { AppError } from "@/core/errors";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { liveChanges } from "./live/changes";
import type { AppRouter } from "@/server/routes/root";
import { serveTrpc } from "@/server/routes/serve-trpc";
import { createCallerFactory, publicProcedure, router, scoped } from "./trpc";
import { refusalOf } from "./trpc-error";

let database: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
});
afterAll(() => database.close());

function connect(headers: Record<string, string>) {
  const options = {
    url: "http://127.0.0.1:3000/api/trpc",
    transformer: plainJson,
    headers,
    fetch: (input: RequestInfo | URL | string, init?: RequestInit) => serveTrpc(new Request(input, init)),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink(options),
        false: httpBatchLink(options),
      }),
    ],
  });
}

describe("over HTTP", () => {
  it("answers the session's person", async () => {
    const client = connect({ cookie: organization.members.viewer.cookie });
    const [own, { items }] = await Promise.all([client.organizations.current.query(), client.members.list.query()]);
    expect(own.slug).toBe("north");
    expect(items).toHaveLength(6);
  });

  it("401 without a session, in plain words and with the closed code", async () => {
    const error = await connect({})
      .members.list.query()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TRPCClientError);
    expect(error).toMatchObject({
      message: "Your session has ended. Sign in again.",
      data: { httpStatus: 401, appCode: "unauthenticated" },
    });
    expect(JSON.stringify(error)).not.toContain("node_modules");
  });

  it("does not take an API key for a session", async () => {
    await expect(
      connect({ authorization: `Bearer ${organization.members.owner.apiKey}` }).members.list.query(),
    ).rejects.toMatchObject({ data: { httpStatus: 401 } });
  });

  it.each([
    [403, { "sec-fetch-site": "cross-site" }],
    [403, { origin: "http://evil.test" }],
    [403, {}],
    [200, { "sec-fetch-site": "same-origin" }],
  ])(
    "what is sent with POST answers %i to %j: nothing runs for another site",
    async (status, headers: Record<string, string>) => {
      const response = await serveTrpc(
        new Request("http://127.0.0.1:3000/api/trpc/members.list", {
          method: "POST",
          headers: { cookie: organization.members.owner.cookie, "content-type": "application/json", ...headers },
          body: "null",
        }),
      );
      expect(response.status).toBe(status);
    },
  );

  it.each(["cross-site", "same-site"])("H4 a %s page gets nothing, not even by a link", async (site) => {
    const headers = { cookie: organization.members.owner.cookie, "sec-fetch-site": site };
    const response = await serveTrpc(new Request("http://127.0.0.1:3000/api/trpc/members.list", { headers }));
    expect(response.status).toBe(403);
  });

  it("H4 a document is checked for those who send it, not for those who follow a link", async () => {
    const headers = { cookie: organization.members.viewer.cookie };
    const input = encodeURIComponent(JSON.stringify({ spec: {} }));
    const address = `http://127.0.0.1:3000/api/trpc/workflows.validate?input=${input}`;
    expect((await serveTrpc(new Request(address, { headers }))).status).toBe(405);
  });

  it("L14 what a person reads is kept by no cache", async () => {
    const headers = { cookie: organization.members.owner.cookie };
    const response = await serveTrpc(new Request("http://127.0.0.1:3000/api/trpc/members.list", { headers }));
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  });

  it.each([
    "nothing.here",
    "members.list?input=%7B",
    "members.list,members.list?batch=1&input=%5B",
    "__proto__",
    "members.__proto__",
  ])("never a 5xx for %s", async (path) => {
    const response = await serveTrpc(
      new Request(`http://127.0.0.1:3000/api/trpc/${path}`, { headers: { cookie: organization.members.owner.cookie } }),
    );
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toContain("node_modules");
  });
});

describe("bodies and batches", () => {
  const own = { "sec-fetch-site": "same-origin" };
  const json = { "content-type": "application/json" };
  const send = (path: string, headers: Record<string, string>, body: BodyInit) =>
    serveTrpc(
      new Request(`http://127.0.0.1:3000/api/trpc/${path}`, {
        method: "POST",
        headers: { ...own, ...headers },
        body,
        duplex: "half",
      } as RequestInit),
    );

  it("3.11 a body without a length is counted while it is read, and reading stops at the limit", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(100_000).fill(0x20));
      },
    });
    expect((await send("conversations.send", json, endless)).status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it.each([
    [413, json, "[".repeat(70_000)],
    [415, { "content-type": "multipart/form-data; boundary=x" }, "--x--"],
    [415, { "content-type": "application/octet-stream" }, "x"],
    [400, json, "{"],
    [422, json, `{"token":${"[".repeat(900)}${"]".repeat(900)}}`],
  ])("without a session answers %i to %j", async (status, headers, body) => {
    expect((await send("conversations.send", headers, body)).status).toBe(status);
  });

  it("one request carries a limited number of calls", async () => {
    const batch = (calls: number) =>
      serveTrpc(
        new Request(
          `http://127.0.0.1:3000/api/trpc/${Array.from({ length: calls }, () => "members.list").join(",")}?batch=1`,
          { headers: { cookie: organization.members.viewer.cookie } },
        ),
      );
    expect((await batch(maxBatchedCalls)).status).toBe(200);
    expect((await batch(maxBatchedCalls + 1)).status).toBe(400);
  });
});

describe("refusals", () => {
  const testRouter = router({
    taken: publicProcedure.query(() => {
      throw new AppError("approval_already_decided", "Kim approved this two minutes ago.", [], { decidedBy: "Kim" });
    }),
    bug: publicProcedure.query(() => {
      throw new TypeError("secret detail");
    }),
    input: publicProcedure.input(z.object({ nodes: z.array(z.object({ x: z.string() })) })).query(() => 1),
    guarded: scoped("audit:read").query(() => 1),
  });
  const caller = createCallerFactory(testRouter)({ actor: null, requestId: "r-1" });
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (caught: unknown) => caught,
    );
    // Everything the caller throws is one.
    return refusalOf(error as Parameters<typeof refusalOf>[0], "r-1");
  };

  it("of services keep their code, words and extras", async () => {
    await expect(caller.taken()).rejects.toMatchObject({
      code: "CONFLICT",
      message: "Kim approved this two minutes ago.",
    });
    expect(await refusal(caller.taken())).toMatchObject({
      code: "approval_already_decided",
      extra: { decidedBy: "Kim" },
    });
  });

  it("of the input name the place", async () => {
    const bad = { nodes: [{ x: 1 }] } as unknown as { nodes: { x: string }[] };
    expect(await refusal(caller.input(bad))).toMatchObject({
      code: "validation_failed",
      details: [{ path: "nodes[0].x" }],
    });
  });

  it("say nothing of a bug but its request id", async () => {
    const { code, message } = await refusal(caller.bug());
    expect([code, message]).toEqual(["internal", expect.stringContaining("r-1")]);
    expect(message).not.toContain("secret");
  });

  it("come before the procedure runs when nobody is signed in or the scope is missing", async () => {
    await expect(caller.guarded()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const viewer = createCallerFactory(testRouter)({ actor: organization.members.viewer.actor, requestId: "r-2" });
    await expect(viewer.guarded()).rejects.toMatchObject({ code: "FORBIDDEN" });
    const owner = createCallerFactory(testRouter)({ actor: organization.members.owner.actor, requestId: "r-3" });
    expect(await owner.guarded()).toBe(1);
  });
});

describe("live changes", () => {
  it("gather a burst into one message and end with the reader", async () => {
    const leaving = new AbortController();
    const changes = liveChanges(organization.members.owner.actor.organizationId, leaving.signal);
    const first = changes.next();
    await liveReady();
    const say = (payload: object) =>
      hotPool().query("select pg_notify('hp_live', $1)", [
        JSON.stringify({ organizationId: organization.id, ...payload }),
      ]);
    await Promise.all([
      say({ runIds: ["a"], kinds: ["run"] }),
      say({ runIds: ["b", "a"], kinds: ["run", "approval"] }),
    ]);
    const heard = new Set((await first).value?.runIds);
    if (!heard.has("b") || !heard.has("a")) for (const id of (await changes.next()).value?.runIds ?? []) heard.add(id);
    expect([...heard].sort()).toEqual(["a", "b"]);
    const waiting = changes.next();
    leaving.abort();
    expect((await waiting).done).toBe(true);
  });
});
