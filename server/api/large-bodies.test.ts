import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { parseJsonBody } from "@/server/http/read-body";
import { serveTrpc } from "@/server/routes/serve-trpc";

let database: TestDatabase;
let organization: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("bodies");
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => database.close());

const send = (body: string): Promise<Response> =>
  serveTrpc(
    new Request("http://127.0.0.1:3000/api/trpc/library.readImport", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "http://127.0.0.1:3000",
        cookie: organization.members.owner.cookie,
      },
      body,
    }),
  );

/** How often a text of this length or more was parsed. */
function parsed(length: number): () => number {
  const parse = vi.spyOn(JSON, "parse");
  return () => parse.mock.calls.filter(([text]) => text.length >= length).length;
}

it("H2 a body of a million values is refused before it is parsed, by procedures and by routes", async () => {
  const body = `{"text":[${"{},".repeat(1_200_000)}{}]}`;
  const count = parsed(body.length);
  const answer = await send(body);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("too_many_values");
  expect(() => parseJsonBody(new TextEncoder().encode(body), null)).toThrow(
    expect.objectContaining({ code: "validation_failed" }),
  );
  expect(count()).toBe(0);
});

it("R11 a large body of a procedure is parsed once", async () => {
  const body = JSON.stringify({ text: "not a workflow ".repeat(10_000) });
  const count = parsed(body.length);
  const answer = await send(body);
  expect(answer.status, await answer.text()).toBeLessThan(500);
  expect(count()).toBe(1);
});
