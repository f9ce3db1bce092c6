import { describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const customer = createCaller({ actor: null, requestId: "test" });
const talk = (slug: string) => ({ id: "talk", type: "conversation", filter: `trigger.text == 'go ${slug}'` });

async function begin(slug: string): Promise<{ id: string; token: string; word: string }> {
  const { json } = await bench.call("POST", "/api/v1/conversations", {
    contact: { name: "Jane Doe", email: `${slug}@acme.com` },
  });
  return { id: json.id, token: json.link.split("/c/")[1], word: `go ${slug}` };
}

/** What customer and team read after the customer wrote. */
async function write({ id, token, word }: { id: string; token: string; word: string }, body = word) {
  await customer.conversations.send({ token, body });
  return read({ id, token });
}

async function read({ id, token }: { id: string; token: string }) {
  const page = await customer.conversations.byToken({ token });
  const { messages } = (await bench.call("GET", `/api/v1/conversations/${id}`)).json;
  return { leftAlone: page.leftAlone, outcome: messages.at(-1).outcome };
}

describe("K16 a customer's message that no workflow takes", () => {
  it("is told to the customer and the team when the workflow is switched off, and taken once it is offered again", async () => {
    await bench.createLive("off", { triggers: [talk("off")] });
    const talking = await begin("off");
    expect(await write(talking)).toMatchObject({ leftAlone: false, outcome: { status: "started", reasons: [] } });
    await bench.call("PATCH", "/api/workflows/off", { config: { enabled: false } });
    const refused = await write(talking);
    expect(refused).toMatchObject({
      leftAlone: true,
      outcome: { status: "not_taken", run_ids: [], reasons: [expect.stringMatching(/^off: .*switched off/i)] },
    });
    await bench.call("PATCH", "/api/workflows/off", { config: { enabled: true } });
    await bench.call("POST", `/api/v1/events/${refused.outcome.event_id}/redrive`);
    expect(await read(talking)).toMatchObject({
      leftAlone: false,
      outcome: { status: "started", run_ids: [expect.any(String)] },
    });
  });

  it("is told when the trigger was removed, and when the workflow was retired", async () => {
    await bench.createLive("gone", { triggers: [talk("gone")] });
    const talking = await begin("gone");
    await bench.call("PATCH", "/api/workflows/gone", { triggers: [{ id: "by-hand", type: "manual" }] });
    await bench.call("POST", "/api/workflows/gone/publish");
    const nobody = {
      leftAlone: true,
      outcome: { status: "not_taken", reasons: [expect.stringContaining("No workflow takes it")] },
    };
    expect(await write(talking)).toMatchObject(nobody);
    await bench.createLive("retired", { triggers: [talk("retired")] });
    expect((await bench.call("POST", "/api/workflows/retired/retire")).status).toBe(200);
    const retired = await write(talking, "go retired");
    expect([retired.leftAlone, retired.outcome.status]).toEqual([true, "not_taken"]);
  });

  it("is told when it is meant for none of them, until a person answers or is in the conversation", async () => {
    await bench.createLive("other", { triggers: [talk("other")] });
    const talking = await begin("other");
    expect(await write(talking, "Hello?")).toMatchObject({ leftAlone: true, outcome: { status: "not_taken" } });
    await bench.call("POST", `/api/v1/conversations/${talking.id}/messages`, { body: "How can we help?" });
    expect(await read(talking)).toEqual({ leftAlone: false, outcome: null });
    const started = await write(talking);
    await hotPool().query(
      `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, request)
       select gen_random_uuid(), organization_id, id, workflow_id, 'hand', 'hand', 'handoff', '{}' from runs where id = $1`,
      [started.outcome.run_ids[0]],
    );
    expect(await write(talking, "Are you there?")).toMatchObject({
      leftAlone: false,
      outcome: { status: "not_taken" },
    });
  });

  it("waits for the worker where it could not be offered yet", async () => {
    const talking = await begin("pending");
    await write(talking);
    await hotPool().query("update inbound_events set results = null where data->>'conversationId' = $1", [talking.id]);
    expect(await read(talking)).toMatchObject({ leftAlone: false, outcome: { status: "pending", reasons: [] } });
  });
});
