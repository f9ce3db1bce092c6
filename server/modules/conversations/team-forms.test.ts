import { expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const customer = createCaller({ actor: null, requestId: "test" });

it("M5 a form for certain people is not the customer's: the page neither shows it nor takes an answer", async () => {
  await bench.createLive("checks", { triggers: [{ id: "talk", type: "conversation" }] });
  const contact = { name: "Jane Doe", email: "jane@acme.com" };
  const { id, link } = (await bench.call("POST", "/api/v1/conversations", { contact })).json;
  const token: string = link.split("/c/")[1];
  await customer.conversations.send({ token, body: "Hello" });
  const { rows } = await hotPool().query<{ id: string }>(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request)
     select gen_random_uuid(), organization_id, id, workflow_id, 'check', 'check', 'form', '{role:manager}', '{"title": "Internal"}'
     from runs where conversation_id = $1 returning id`,
    [id],
  );
  const page = await customer.conversations.byToken({ token });
  expect([page.requests[0]?.state, page.forms]).toEqual(["waiting_for_people", []]);
  await expect(
    customer.conversations.submitForm({ token, waitpointId: rows[0]?.id ?? "", values: {} }),
  ).rejects.toMatchObject({ cause: { code: "not_found" } });
  expect((await bench.call("GET", `/api/v1/conversations/${id}`)).json.forms).toEqual([]);
});
