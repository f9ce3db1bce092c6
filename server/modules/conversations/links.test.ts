import { expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { serveTrpc } from "@/server/routes/serve-trpc";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const customer = createCaller({ actor: null, requestId: "test" });
const base = "http://127.0.0.1:3000";

const tokenOf = (json: { link: string }) => json.link.split("/c/")[1] ?? "";

async function open(): Promise<{ id: string; token: string }> {
  const { json } = await bench.call("POST", "/api/v1/conversations", { contact: { name: "Jane" }, subject: "Plan" });
  return { id: json.id, token: tokenOf(json) };
}

const isOpen = (token: string) =>
  customer.conversations.byToken({ token }).then(
    () => true,
    (error: unknown) => (error as { cause?: { code?: string } }).cause?.code,
  );

it("L7 a customer's link ends ninety days after the last message, whoever wrote it", async () => {
  const { id, token } = await open();
  const age = (interval: string) =>
    hotPool().query("update conversations set updated_at = now() - $2::interval where id = $1", [id, interval]);
  await age("89 days");
  expect(await isOpen(token)).toBe(true);
  await age("91 days");
  expect(await isOpen(token)).toBe("not_found");
  await hotPool().query(
    `insert into messages (id, organization_id, conversation_id, author, author_name, body, created_at)
      select gen_random_uuid(), organization_id, id, 'workflow', 'Holdpoint', 'Still there?', now() - interval '80 days'
      from conversations where id = $1`,
    [id],
  );
  expect(await isOpen(token)).toBe(true);
});

it("L7 an operator gives a new link; the old one opens nothing, the new one also what had ended", async () => {
  const { id, token } = await open();
  await hotPool().query("update conversations set updated_at = now() - interval '100 days' where id = $1", [id]);
  const { status, json } = await bench.call("POST", `/api/v1/conversations/${id}/rotate-link`);
  expect(status).toBe(200);
  expect(tokenOf(json)).not.toBe(token);
  expect([await isOpen(token), await isOpen(tokenOf(json))]).toEqual(["not_found", true]);
  const { rows } = await hotPool().query("select action from audit_entries where subject_id = $1", [id]);
  expect(rows).toContainEqual({ action: "conversation.link_rotated" });
});

const ask = (path: string, input: unknown, method: string, address: string) => {
  const headers = {
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
    "x-forwarded-for": address,
  };
  return method === "GET"
    ? serveTrpc(new Request(`${base}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers }))
    : serveTrpc(new Request(`${base}/api/trpc/${path}`, { method, headers, body: JSON.stringify(input) }));
};

it("L7 a link's token is taken from a body, never from an address", async () => {
  const { token } = await open();
  for (const path of ["conversations.byToken", "triggers.intake"])
    expect((await ask(path, { token }, "GET", "192.0.2.10")).status).toBe(405);
  expect((await ask("conversations.byToken", { token }, "POST", "192.0.2.10")).status).toBe(200);
});

it("S16 wrong links are counted by address: 429 after a while, and right ones still open", async () => {
  const { token } = await open();
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const wrong = { token: `wrong-link-${String(index).padStart(8, "0")}` };
      return (await ask("conversations.byToken", wrong, "POST", "192.0.2.66")).status;
    }),
  );
  expect(statuses.filter((status) => status === 404)).toHaveLength(100);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  expect((await ask("conversations.byToken", { token }, "POST", "192.0.2.66")).status).toBe(200);
  expect((await ask("conversations.byToken", { token: "x".repeat(20) }, "POST", "192.0.2.67")).status).toBe(404);
});
