import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { UserActor } from "@/server/db/tenant";
import { createCaller } from "@/server/routes/root";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;
const as = (actor: UserActor) => createCaller({ actor, requestId: "test" }).console;

beforeAll(async () => {
  database = await useTestDatabase();
  [north, south] = [await createTestOrganization("north"), await createTestOrganization("south")];
});
afterAll(() => database.close());

describe("canned answers", () => {
  it("are the organization's: made, changed, deleted by those who write; one of each name", async () => {
    const { id } = await as(north.members.operator.actor).saveCanned({
      id: null,
      name: "Thanks",
      body: "Thank you, {name}",
    });
    await expect(as(north.members.owner.actor).saveCanned({ id: null, name: "Thanks", body: "x" })).rejects.toThrow(
      "already",
    );
    await as(north.members.owner.actor).saveCanned({ id, name: "Thanks", body: "Many thanks, {name}" });
    expect(await as(north.members.viewer.actor).canned()).toEqual([
      { id, name: "Thanks", body: "Many thanks, {name}" },
    ]);
    const stranger = as(south.members.owner.actor);
    expect(await stranger.canned()).toEqual([]);
    await expect(stranger.removeCanned({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await as(north.members.operator.actor).removeCanned({ id });
    expect(await as(north.members.operator.actor).canned()).toEqual([]);
  });
});
