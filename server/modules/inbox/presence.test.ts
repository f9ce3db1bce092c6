import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { liveReady, subscribeLive } from "@/server/db/live";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { lookAt, lookAway, lookersOf } from "./service";

let scene: RunsScene;
let kim: TestMember;
let lee: TestMember;
let [one, two] = ["", ""];

beforeAll(async () => {
  scene = await createRunsScene();
  const member = (name: string) =>
    addTestMember({ organizationId: scene.north.id, role: "operator", email: `${name}@north.holdpoint.test` });
  [kim, lee] = [await member("kim"), await member("lee")];
  await scene.publish("ask", { startNodeId: "ask", nodes: [{ id: "ask", type: "approval" }], edges: [] });
  const asked = async () => {
    const { approvals } = await scene.reached(await scene.start("ask"), "waiting_approval");
    return approvals[0].id as string;
  };
  [one, two] = [await asked(), await asked()];
});
afterAll(() => scene.close());

const seenBy = async ({ actor }: TestMember) =>
  (await lookersOf(actor, [one, two])).map(({ itemId, name }) => [itemId, name]);

describe("who has an item of the inbox open", () => {
  it("is shown to the others, once however many tabs, until they go on, leave or fall silent", async () => {
    await lookAt(kim.actor, "kim-1", one);
    await lookAt(kim.actor, "kim-2", one);
    expect(await seenBy(lee)).toEqual([[one, kim.actor.name]]);
    expect(await seenBy(kim)).toEqual([]);
    await lookAway(kim.actor, "kim-2");
    await lookAt(kim.actor, "kim-1", two);
    expect(await seenBy(lee)).toEqual([[two, kim.actor.name]]);
    await lookAt(kim.actor, "kim-1", null);
    expect(await seenBy(lee)).toEqual([]);
    await lookAt(kim.actor, "kim-1", one);
    await scene.database.pool.query("update inbox_presence set seen_at = now() - interval '30 seconds'");
    expect(await seenBy(lee)).toEqual([]);
  });

  it("is announced when somebody comes, moves, goes or fell silent, and not when they stay", async () => {
    const heard: string[] = [];
    const stop = subscribeLive(kim.actor.organizationId, ({ kinds }) => heard.push(...kinds));
    await liveReady();
    await scene.database.pool.query("delete from inbox_presence");
    await lookAt(kim.actor, "kim-1", one);
    await lookAt(kim.actor, "kim-1", one);
    await lookAt(kim.actor, "kim-1", two);
    await lookAway(kim.actor, "kim-1");
    await lookAway(kim.actor, "kim-1");
    await lookAt(kim.actor, "kim-1", one);
    await scene.database.pool.query("update inbox_presence set seen_at = now() - interval '30 seconds'");
    await lookAt(lee.actor, "lee-1", null);
    await vi.waitFor(() => expect(heard).toEqual(Array(5).fill("presence")));
    stop();
  });

  it("is nobody's business in another organization, and nobody speaks for a colleague's tab", async () => {
    const stranger = scene.south.members.owner.actor;
    await lookAt(kim.actor, "kim-1", one);
    await lookAt(stranger, "theirs", one);
    await lookAt(stranger, "kim-1", null);
    await lookAt(lee.actor, "kim-1", two);
    await lookAway(lee.actor, "kim-1");
    expect(await lookersOf(stranger, [one, two])).toEqual([]);
    expect(await seenBy(lee)).toEqual([[one, kim.actor.name]]);
  });
});
