import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { createRepairsScene, type RepairsScene } from "./repairs.testkit";
import { tryAgain, tryAllAgain } from "./service";

let scene: RepairsScene;

beforeAll(async () => {
  scene = await createRepairsScene();
});
afterAll(() => scene.close());

const uuid = (id: string): string => readId("run", id) ?? id;
const ended = (id: string) =>
  eventually(
    async () => (await scene.open(scene.owner, id)).round,
    (round) => round?.state === "done" || round?.state === "stopped",
  );
async function failThree(amount: number): Promise<[string, string, string]> {
  return [await scene.pay(amount), await scene.pay(amount), await scene.pay(amount)];
}
const calls = (amount: number): number => scene.called.filter((path) => path === `/pay/${String(amount)}`).length;

describe("53 the same for those that failed alike", () => {
  it("are one card that says how many more there are; searching shows each", async () => {
    const before = await scene.count(scene.owner);
    const ids = await failThree(51);
    const items = await scene.waiting(scene.owner);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: uuid(ids[0]), alike: 2 });
    expect(await scene.count(scene.owner)).toBe(before + 1);
    expect((await scene.waiting(scene.owner, "pay")).map(({ id }) => id)).toEqual(ids.map(uuid));
  });

  it("the first is tried, and when it fails again none of the others is; the result says so", async () => {
    const [first] = await scene.waiting(scene.owner);
    const id = first?.id ?? "";
    const before = calls(51);
    expect(await tryAllAgain(scene.owner, id)).toEqual({ count: 3 });
    const round = await ended(id);
    expect(round).toMatchObject({ state: "stopped", begunBy: "owner", counts: { failed: 1, left_out: 2 } });
    expect(round?.tries.map(({ result }) => result)).toEqual(["failed", "left_out", "left_out"]);
    expect(calls(51)).toBe(before + 1);
    expect((await scene.waiting(scene.owner))[0]).toMatchObject({ alike: 2 });
  });

  it("when it gets past the step, the others follow, each with a result of its own; pressed twice it is one round", async () => {
    const [first] = await scene.waiting(scene.owner);
    const id = first?.id ?? "";
    scene.broken.delete("/pay/51");
    const twice = await Promise.allSettled([tryAllAgain(scene.owner, id), tryAllAgain(scene.owner, id)]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const round = await ended(id);
    expect(round).toMatchObject({ state: "done", counts: { passed: 3, failed: 0, left_out: 0 } });
    for (const { runId } of round?.tries ?? []) await scene.reached(runId, "completed");
    expect(await scene.waiting(scene.owner)).toEqual([]);
    expect((await scene.decided(scene.owner)).slice(0, 3)).toMatchObject([
      { settled: { how: "retried", by: "owner" } },
      { settled: { how: "retried", by: "owner" } },
      { settled: { how: "retried", by: "owner" } },
    ]);
  });

  it("whoever may not any more tries none", async () => {
    const [id] = await failThree(52);
    const { operator } = scene.north.members;
    await scene.database.pool.query("update workflows set owner_id = $2 where organization_id = $1", [
      scene.north.id,
      operator.userId,
    ]);
    expect(await scene.waiting(operator.actor)).toMatchObject([{ alike: 2 }]);
    const before = calls(52);
    await scene.database.pool.query("update memberships set role = 'viewer' where user_id = $1", [operator.userId]);
    await tryAllAgain(operator.actor, id);
    expect(await ended(id)).toMatchObject({ state: "stopped", counts: { left_out: 1, failed: 0 } });
    expect(calls(52)).toBe(before);
    await scene.database.pool.query("update memberships set role = 'operator' where user_id = $1", [operator.userId]);
    await scene.database.pool.query("update workflows set owner_id = $2 where organization_id = $1", [
      scene.north.id,
      scene.owner.userId,
    ]);
  });

  it("who tries one by hand meanwhile takes it out of the round", async () => {
    const [first] = await scene.waiting(scene.owner);
    scene.broken.delete("/pay/52");
    await tryAgain(scene.owner, first?.id ?? "");
    await expect(tryAllAgain(scene.owner, first?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("owner tried this run again meanwhile") as string,
    });
    await expect(tryAllAgain(scene.south.members.owner.actor, first?.id ?? "")).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
