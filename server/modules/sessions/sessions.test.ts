import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createCaller } from "@/server/routes/root";
import {
  addTestMember,
  createTestOrganization,
  openTestSession,
  storedPassword,
  type TestOrganization,
} from "@/server/auth/identity.testkit";
import { verifyPassword } from "@/server/auth/password";
import { actorFromCookies } from "@/server/auth/session";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { UserActor } from "@/server/db/tenant";
import { createApiKey } from "@/server/modules/api-keys/service";
import { createConnection, updateConnection } from "@/server/modules/connections/service";
import { setReviewRequired } from "@/server/modules/drafts/service";
import { setOperational } from "@/server/modules/triggers/service";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;
const password = "correct horse battery staple";
let kim: { userId: string; apiKey: string };

beforeAll(async () => {
  database = await useTestDatabase();
  [north, south] = [await createTestOrganization("north"), await createTestOrganization("south")];
  const passwordHash = storedPassword(password);
  kim = await addTestMember({ organizationId: north.id, role: "admin", email: "kim@north.test", passwordHash });
});
afterAll(() => database.close());

const page = (actor: UserActor) => createCaller({ actor, requestId: "test" }).sessions;
const signedIn = () => openTestSession(kim.userId, north.id);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => {
      const refusal = error as { code?: string; cause?: { code?: string } };
      return refusal.cause?.code ?? refusal.code;
    },
  );
const isOpen = async (cookie: string) => (await actorFromCookies(cookie)) !== null;

/** The same sign-in, whose password was given long ago. */
const grownOld = (actor: UserActor): UserActor => ({
  ...actor,
  session: { id: actor.session?.id ?? "", provenAt: new Date(Date.now() - 16 * 60_000) },
});

describe("M4 a person's sign-ins", () => {
  it("M4 are listed, and one is ended from another", async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const { items } = await page(here.actor).list();
    expect(items.find(({ id }) => id === here.sessionId)).toMatchObject({
      is_current: true,
      device: "Firefox on Linux",
      address: "192.0.2.1",
    });
    await page(here.actor).end({ id: there.sessionId });
    expect([await isOpen(here.cookie), await isOpen(there.cookie)]).toEqual([true, false]);
    expect((await page(here.actor).list()).items.map(({ id }) => id)).not.toContain(there.sessionId);
    expect(await codeOf(page(here.actor).end({ id: there.sessionId }))).toBe("not_found");
  });

  it("M4 of somebody else are not to be seen or ended, in this organization or another", async () => {
    const own = await signedIn();
    for (const stranger of [north.members.owner.actor, south.members.owner.actor]) {
      expect((await page(stranger).list()).items.map(({ id }) => id)).not.toContain(own.sessionId);
      expect(await codeOf(page(stranger).end({ id: own.sessionId }))).toBe("not_found");
    }
    expect(await isOpen(own.cookie)).toBe(true);
  });

  it("M4 all end at once, with or without the one that asks", async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    await page(here.actor).endAll({ keepThis: true });
    expect([await isOpen(here.cookie), await isOpen(there.cookie)]).toEqual([true, false]);
    await page(here.actor).endAll({ keepThis: false });
    expect(await isOpen(here.cookie)).toBe(false);
  });

  it("M4 an admin ends a member's, a builder and a stranger do not", async () => {
    const { userId } = north.members.viewer;
    const theirs = await openTestSession(userId, north.id);
    expect(await codeOf(page(north.members.builder.actor).endOfMember({ memberId: userId }))).toBe("missing_scope");
    expect(await codeOf(page(south.members.owner.actor).endOfMember({ memberId: userId }))).toBe("not_found");
    expect(await isOpen(theirs.cookie)).toBe(true);
    await page((await signedIn()).actor).endOfMember({ memberId: userId });
    expect(await isOpen(theirs.cookie)).toBe(false);
  });

  it("M4 the same over REST, with a key that may", async () => {
    const { sessionId, cookie } = await signedIn();
    const listed = await rest(kim.apiKey, "GET", "/api/v1/sessions");
    expect(listed.json.sessions.map(({ id }: { id: string }) => id)).toContain(sessionId);
    expect((await rest(kim.apiKey, "DELETE", `/api/v1/sessions/${sessionId}`)).json).toEqual({ ended: 1 });
    expect(await isOpen(cookie)).toBe(false);
    expect((await rest(kim.apiKey, "DELETE", `/api/v1/sessions/${sessionId}`)).status).toBe(404);
  });
});

describe("M10 sensitive acts", () => {
  const connection = {
    slug: "ledger",
    connector: "http",
    base_url: "https://ledger.test",
    is_live: false,
    record_bodies: true,
  };
  const acts: [string, (actor: UserActor) => Promise<unknown>][] = [
    ["making an API key", (actor) => createApiKey(actor, { name: "a key" })],
    [
      "a connection with a secret",
      (actor) => createConnection(actor, { ...connection, auth: { type: "bearer", token: "secret-token" } }),
    ],
    ["another secret", (actor) => updateConnection(actor, "ledger", { auth: { type: "bearer", token: "x-token" } })],
    ["the review switch", (actor) => setReviewRequired(actor, "nothing-here", false)],
    ["how long runs are kept", (actor) => setOperational(actor, "nothing-here", { retentionDays: 30 })],
    ["signing a member out", (actor) => page(actor).endOfMember({ memberId: north.members.approver.userId })],
  ];

  it.each(acts)("M10 %s asks for a password that was given lately", async (_, act) => {
    const { actor } = await signedIn();
    expect(await codeOf(act(grownOld(actor)))).toBe("password_required");
    expect(await codeOf(act(actor))).not.toBe("password_required");
    // A key is proof itself.
    expect(await codeOf(act({ ...grownOld(actor), type: "api_key" }))).not.toBe("password_required");
  });

  it("M10 the right password opens them for a while, a wrong one does not and is delayed", async () => {
    const { actor, cookie, sessionId } = await signedIn();
    await hotPool().query("update user_sessions set proven_at = now() - interval '1 hour' where id = $1", [sessionId]);
    const now = async (): Promise<UserActor> => (await actorFromCookies(cookie)) ?? actor;
    expect(await codeOf(createApiKey(await now(), { name: "a key" }))).toBe("password_required");
    expect(await codeOf(page(actor).prove({ password: "wrong" }))).toBe("validation_failed");
    expect(await codeOf(createApiKey(await now(), { name: "a key" }))).toBe("password_required");
    await page(actor).prove({ password });
    expect(await codeOf(createApiKey(await now(), { name: "a key" }))).toBe("done");
    const codes = new Set<unknown>();
    for (let attempt = 0; attempt < 16; attempt += 1) codes.add(await codeOf(page(actor).prove({ password: "wrong" })));
    expect([...codes]).toEqual(["validation_failed", "rate_limited"]);
  });

  it("M10 a new password ends the other sign-ins and makes known browsers strangers", async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    await hotPool().query("insert into known_devices (token_hash, user_id) values ('a-hash', $1)", [kim.userId]);
    const next = "a new and longer pass phrase";
    expect(await codeOf(page(here.actor).changePassword({ current: "wrong", next }))).toBe("validation_failed");
    expect(await codeOf(page(here.actor).changePassword({ current: password, next: "short" }))).not.toBe("done");
    expect(await isOpen(there.cookie)).toBe(true);
    await page(here.actor).changePassword({ current: password, next });
    expect([await isOpen(here.cookie), await isOpen(there.cookie)]).toEqual([true, false]);
    const { rows } = await hotPool().query<{ hash: string; devices: string }>(
      `select password_hash as hash, (select count(*) from known_devices where user_id = users.id) as devices
        from users where id = $1`,
      [kim.userId],
    );
    expect([await verifyPassword(next, rows[0]?.hash ?? null), rows[0]?.devices]).toEqual([true, "0"]);
  });
});
