import { describe, expect, it } from "vitest";
import { callsWritten } from "@/server/modules/webhooks/service";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const api = () => triggersApi(bench.north().members.owner.actor);
const hook = { id: "hook", type: "webhook" };
const byApi = { id: "api", type: "api" };

const urlOf = async (slug: string): Promise<string> => (await api().state({ slug })).triggers[0]?.url ?? "";
const runsOf = async (slug: string): Promise<unknown[]> =>
  (await bench.call("GET", `/api/workflows/${slug}/executions`)).json.data.executions;
const publish = async (slug: string, triggers: object[]): Promise<void> => {
  expect((await bench.call("PATCH", `/api/workflows/${slug}`, { triggers })).status).toBe(200);
  expect((await bench.call("POST", `/api/workflows/${slug}/publish`)).status).toBe(200);
};
/** A call that came before anything was live. */
async function held(slug: string, trigger: object): Promise<string> {
  await bench.create(slug, { triggers: [trigger] });
  expect((await post(await urlOf(slug), '{"amount": 5000}')).status).toBe(409);
  return kept(slug);
}
async function kept(slug: string): Promise<string> {
  await callsWritten();
  const { items } = await api().calls({ slug, triggerId: "hook" });
  return items[0]?.id ?? "";
}

describe("H10 a call that is sent again starts what it would start if it came now", () => {
  it.each<[string, (slug: string) => Promise<string>, string]>([
    [
      "kept out by the filter",
      async (slug) => {
        const id = await held(slug, { ...hook, filter: "trigger.amount < 100" });
        await bench.call("POST", `/api/workflows/${slug}/publish`);
        return id;
      },
      "the filter of the trigger is false",
    ],
    [
      "kept out by a filter that is new",
      async (slug) => {
        const id = await held(slug, hook);
        await publish(slug, [{ ...hook, filter: "trigger.amount < 100" }]);
        return id;
      },
      "the filter of the trigger is false",
    ],
    [
      "of a webhook that was taken away",
      async (slug) => {
        const id = await held(slug, hook);
        await publish(slug, [byApi]);
        return id;
      },
      "does not have this webhook",
    ],
    [
      "of a webhook whose id another trigger has",
      async (slug) => {
        const id = await held(slug, hook);
        await publish(slug, [{ id: "hook", type: "event", event: "refund.wished", input: { amount: 1 } }]);
        return id;
      },
      "does not have this webhook",
    ],
  ])("%s", async (title, make, words) => {
    const slug = title.replaceAll(" ", "-");
    const id = await make(slug);
    const asEvent = await bench.call("POST", `/api/v1/events/${id}/redrive`);
    expect(asEvent).toMatchObject({ status: 202, json: { runs: [], refused: [{ workflow: slug }] } });
    expect(asEvent.json.refused[0].message).toContain(words);
    await expect(api().redrive({ slug, callId: id })).rejects.toThrow(words);
    expect(await runsOf(slug)).toEqual([]);
  });

  it("M3 one that nothing proved to be genuine starts nothing", async () => {
    await bench.createLive("proven", { triggers: [{ ...hook, callers: "signed" }] });
    await api().setSecret({ slug: "proven", triggerId: "hook", secret: "a-long-secret" });
    expect((await post(await urlOf("proven"), '{"amount": 5000}')).status).toBe(401);
    const callId = await kept("proven");
    await expect(api().redrive({ slug: "proven", callId })).rejects.toThrow("Have its sender send it again");
    expect(await runsOf("proven")).toEqual([]);
  });
});

it("H10 no event is sent under the name that held calls are kept by: its data would say who made it", async () => {
  const event = {
    name: "webhook",
    data: { triggerId: "hook", body: {}, initiatedBy: bench.north().members.admin.userId },
  };
  const sent = await bench.call("POST", "/api/v1/events", event);
  expect([sent.status, sent.json.error?.details?.[0]?.code]).toEqual([422, "reserved_name"]);
  await expect(api().sendTestEvent(event)).rejects.toThrow("Give your event another name");
  expect((await bench.call("GET", "/api/v1/events?status=open")).json.events).toEqual([]);
});
