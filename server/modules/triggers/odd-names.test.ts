import { describe, expect, it } from "vitest";
import { reservedNames } from "@/core/admissible-json";
import { serveTrpc } from "@/server/routes/serve-trpc";
import { hotPool } from "@/server/db/pools";
import { callsWritten } from "@/server/modules/webhooks/service";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const hook = { triggers: [{ id: "hook", type: "webhook" }] };

/** A procedure as the browser calls it: the whole way there and back. */
async function ask(path: string, input: object): Promise<{ status: number; data: unknown }> {
  const response = await serveTrpc(
    new Request(`http://127.0.0.1:3000/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
      headers: { cookie: bench.north().members.owner.cookie },
    }),
  );
  const answered = (await response.json()) as { result?: { data: unknown } };
  return { status: response.status, data: answered.result?.data };
}

async function liveHook(slug: string): Promise<string> {
  await bench.createLive(slug, hook);
  const { triggers } = await triggersApi(bench.north().members.owner.actor).state({ slug });
  return triggers[0]?.url ?? "";
}

describe("K19 names of Object.prototype", () => {
  it("in a webhook's body are refused by name, start nothing, and the call can be looked at", async () => {
    const url = await liveHook("odd-body");
    for (const name of reservedNames) {
      const answer = await post(url, `{"order":{"${name}":1}}`);
      expect(answer).toMatchObject({ status: 422, json: { error: { details: [{ path: `order.${name}` }] } } });
    }
    await callsWritten();
    expect((await bench.call("GET", "/api/workflows/odd-body/executions")).json.data.executions).toEqual([]);
    const { status, data } = await ask("triggers.calls", { slug: "odd-body", triggerId: "hook", limit: 100 });
    expect([status, (data as { items: unknown[] }).items.length]).toEqual([200, reservedNames.size]);
  });

  it("that older rows hold are shown like any other, by procedures and by REST", async () => {
    const run = await post(await liveHook("odd-rows"), '{"n":1}');
    const id = String(run.json.run_id);
    const odd = `{${[...reservedNames].map((name) => `"${name}":{"at":1}`).join(",")},"constructor":null}`;
    await callsWritten();
    await hotPool().query("update runs set input = $2::jsonb where id = $1", [id, odd]);
    await hotPool().query("update webhook_calls set body = $2::jsonb where run_id = $1", [id, odd]);
    const answers = [
      await ask("runs.get", { id }),
      await ask("runs.list", {}),
      await ask("triggers.calls", { slug: "odd-rows", triggerId: "hook" }),
      await ask("triggers.state", { slug: "odd-rows" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(JSON.stringify(answers[0]?.data)).toContain('"constructor":null');
    expect(JSON.stringify(answers[2]?.data)).toContain('"__proto__":{"at":1}');
    for (const path of [`/api/v1/workflows/${id}`, "/api/workflows/odd-rows/executions"])
      expect((await bench.call("GET", path)).status, path).toBe(200);
  });

  it("as the name of an event are a name like any other; as the id of a step they are refused", async () => {
    expect((await bench.call("POST", "/api/v1/events", { name: "constructor" })).status).toBe(202);
    const spec = {
      startNodeId: "constructor",
      nodes: [{ id: "constructor", type: "transform", expression: 1 }],
      edges: [],
    };
    const { json } = await bench.call("POST", "/api/workflows/validate", { spec });
    expect(JSON.stringify(json)).toContain('\\"constructor\\" cannot be used as a name');
  });
});
