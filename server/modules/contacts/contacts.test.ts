import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { UserActor } from "@/server/db/tenant";
import { createCaller } from "@/server/routes/root";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;
const as = (actor: UserActor) => createCaller({ actor, requestId: "test" });

beforeAll(async () => {
  database = await useTestDatabase();
  [north, south] = [await createTestOrganization("north"), await createTestOrganization("south")];
});
afterAll(() => database.close());

async function contactOf(name: string, email: string): Promise<string> {
  const { json } = await rest(north.members.owner.apiKey, "POST", "/api/v1/conversations", {
    contact: { name, email },
    subject: `About ${name}`,
  });
  return json.contact.id;
}

describe("contacts", () => {
  it("are found by name and address, and show what there was with them", async () => {
    const id = await contactOf("Zoe Underwood", "zoe@acme.com");
    await contactOf("Bo", "bo_100@acme.com");
    const found = async (search: string) =>
      (await as(north.members.viewer.actor).contacts.list({ search })).items.map(({ name }) => name);
    expect([await found("underw"), await found("ZOE@"), await found("o_100"), await found("z_e@")]).toEqual([
      ["Zoe Underwood"],
      ["Zoe Underwood"],
      ["Bo"],
      [],
    ]);
    expect(await as(north.members.viewer.actor).console.contact({ id })).toMatchObject({
      mayChange: false,
      conversations: [{ subject: "About Zoe Underwood", isOpen: true }],
      runs: [],
      forms: [],
    });
  });

  it("are corrected by those who answer customers; an address belongs to one", async () => {
    const id = await contactOf("Ann", "ann@acme.com");
    await contactOf("Ben", "ben@acme.com");
    const given = { id, name: "Anne", email: "Anne@acme.com", phone: "+1 202 555 0100" };
    await expect(as(north.members.viewer.actor).contacts.change(given)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(as(south.members.owner.actor).contacts.change(given)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const operator = as(north.members.operator.actor).contacts;
    expect(await operator.change(given)).toMatchObject({ name: "Anne", email: "anne@acme.com" });
    await expect(operator.change({ ...given, email: "ben@acme.com" })).rejects.toThrow("Another contact has this");
    await expect(operator.change({ ...given, email: "no address" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await operator.get({ id })).toMatchObject({ email: "anne@acme.com", phone: "+1 202 555 0100" });
    const { rows } = await database.pool.query("select data from audit_entries where action = 'contact.changed'");
    expect(rows).toEqual([{ data: { fields: ["name", "email", "phone"] } }]);
  });
});
