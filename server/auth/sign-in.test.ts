import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import {
  addTestMember,
  createTestOrganization,
  openTestSession,
  storedPassword,
  type TestOrganization,
} from "./identity.testkit";
import { hashPassword, verifyPassword } from "./password";
import { actorFromCookies } from "./session";
import { encodeSession, sessionCookieName } from "./session-token";
import { signIn as signInFrom } from "./sign-in";

let database: TestDatabase;
let organization: TestOrganization;
const password = "correct horse battery staple";
const signIn = (credentials: unknown, address: string, deviceToken: string | null = null) =>
  signInFrom(credentials, { address, device: "Firefox on Linux", deviceToken });

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  await addTestMember({
    organizationId: organization.id,
    role: "operator",
    email: "kim@north.holdpoint.test",
    businessRoles: ["kyc_analyst"],
    passwordHash: storedPassword(password),
  });
});
afterAll(() => database.close());

describe("passwords", () => {
  it("are salted, verified, and refused when stored badly", async () => {
    const [first, second] = await Promise.all([hashPassword("ä"), hashPassword("ä")]);
    expect(first).not.toBe(second);
    expect(await verifyPassword("a\u0308", first)).toBe(true);
    expect(await verifyPassword("a", first)).toBe(false);
    const odd = [null, "", "plain", "scrypt$1$1$1$a", "scrypt$x$8$1$aa$bb"];
    expect(await Promise.all(odd.map((stored) => verifyPassword("", stored)))).toEqual(odd.map(() => false));
  });
});

describe("sign-in", () => {
  it("takes the right password, whatever the case of the e-mail", async () => {
    expect(await signIn({ email: " Kim@North.holdpoint.test ", password }, "10.0.0.1")).toMatchObject({
      email: "kim@north.holdpoint.test",
      organizationId: organization.id,
      epoch: 0,
    });
  });

  it.each([
    [{ email: "kim@north.holdpoint.test", password: "wrong" }],
    [{ email: "nobody@north.holdpoint.test", password }],
    [{ email: "owner@north.holdpoint.test", password: "" }],
    [{ email: { $ne: null }, password }],
    [{ email: "kim@north.holdpoint.test\0", password }],
    [{ email: "\ud800@north.holdpoint.test", password }],
    [undefined],
  ])("answers %j with the same null", async (credentials) => {
    expect(await signIn(credentials, "10.0.0.2")).toBeNull();
  });

  it("refuses a deactivated person", async () => {
    const gone = await addTestMember({
      organizationId: organization.id,
      role: "viewer",
      email: "gone@north.holdpoint.test",
      passwordHash: storedPassword(password),
    });
    await hotPool().query("update users set deactivated_at = now() where id = $1", [gone.userId]);
    expect(await signIn({ email: gone.email, password }, "10.0.0.3")).toBeNull();
  });

  it("does not count good sign-ins", async () => {
    for (let index = 0; index < 12; index += 1)
      expect(await signIn({ email: "kim@north.holdpoint.test", password }, "10.0.0.5")).not.toBeNull();
  });
});

describe("sessions", () => {
  const claims = async () => {
    const { userId } = organization.members.owner;
    const { sessionId } = await openTestSession(userId, organization.id);
    return { sub: userId, organizationId: organization.id, epoch: 0, sessionId };
  };
  const cookie = (token: string) => `other=1; ${sessionCookieName()}=${token}; theme=dark`;

  it("carry the person, read fresh from the database", async () => {
    const token = await encodeSession(await claims());
    const actor = await actorFromCookies(cookie(token));
    expect(actor).toMatchObject({ type: "user", userId: organization.members.owner.userId, role: "owner", via: "ui" });
    expect(actor?.scopes.has("audit:read")).toBe(true);
  });

  it("are no sessions when changed, unsigned, of another key, person or organization", async () => {
    const good = await claims();
    const token = await encodeSession(good);
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const forged = [
      `${token.slice(0, -4)}AAAA`,
      `${none}.${Buffer.from(JSON.stringify(good)).toString("base64url")}.`,
      "",
      "x".repeat(5_000),
      await encodeSession({ ...good, sub: newId() }),
      await encodeSession({ ...good, organizationId: newId() }),
      await encodeSession({ ...good, epoch: 1 }),
      await encodeSession({ ...good, sessionId: newId() }),
      await encodeSession({ ...good, sub: organization.members.viewer.userId }),
    ];
    for (const text of forged) expect(await actorFromCookies(cookie(text))).toBeNull();
    expect(await actorFromCookies(null)).toBeNull();
  });
});
