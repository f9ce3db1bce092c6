import { expect } from "vitest";
import type { RepairContext, RepairItem } from "@/core/contracts/repair";
import type { Actor, UserActor } from "@/server/db/tenant";
import { countInbox, getInboxItem, listInbox } from "@/server/modules/inbox/service";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

/** A workflow whose payment can be made to fail, and the inbox of whoever looks. */
export interface RepairsScene extends RunsScene {
  /** The owner of the workflows. */
  owner: UserActor;
  /** Starts a payment of this amount, approves it, and gives the run once it has ended so. */
  pay(amount: number, ends?: "failed" | "completed"): Promise<string>;
  waiting(actor: Actor, search?: string): Promise<RepairItem[]>;
  decided(actor: Actor): Promise<RepairItem[]>;
  count(actor: Actor): Promise<number>;
  open(actor: Actor, id: string): Promise<RepairContext>;
}

const listing = { limit: 50, offset: 0 };

export async function createRepairsScene(): Promise<RepairsScene> {
  const scene = await createRunsScene();
  const owner = scene.north.members.owner.actor;
  await scene.publish("pay", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:owner", context: { headline: "Pay ${input.amount}" } },
      effect("pay", { name: "Pay", path: "/pay/${input.amount}", body: { amount: "${input.amount}" } }),
      { id: "end", type: "end", output: { paid: "${step.pay.output.path}", note: "${input.note}" } },
    ],
    edges: [edge("ask", "pay", "approved"), edge("pay", "end")],
    inputSchema: {
      type: "object",
      properties: { amount: { type: "number", minimum: 0 }, note: { type: "string" } },
      required: ["amount"],
    },
  });
  const failed = (items: Awaited<ReturnType<typeof listInbox>>["items"]): RepairItem[] =>
    items.flatMap((item) => (item.kind === "failed" ? [item] : []));
  return {
    ...scene,
    owner,
    async pay(amount, ends = "failed") {
      if (ends === "failed") scene.broken.add(`/pay/${String(amount)}`);
      const id = await scene.start("pay", { amount });
      const { approvals } = await scene.reached(id, "waiting_approval");
      expect((await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`)).status).toBe(200);
      await scene.reached(id, ends);
      return id;
    },
    waiting: async (actor, search = "") =>
      failed((await listInbox(actor, { ...listing, view: "pending", search })).items),
    decided: async (actor) => failed((await listInbox(actor, { ...listing, view: "decided", search: "" })).items),
    count: countInbox,
    async open(actor, id) {
      const item = await getInboxItem(actor, id);
      if (item.kind !== "failed") throw new Error(`${id} is no failed run`);
      return item;
    },
  };
}
