import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { appRouter } from "@/server/routes/root";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { hashPassword } from "@/server/auth/password";
import { sessionCookieName } from "@/server/auth/session-token";
import { attack, type Attacked } from "./attacked.testkit";
import { inParallel, isFull, report } from "./extent.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("sessions");
});
afterAll(() => target.close());

const whoAmI = (cookie: string) => target.trpc("GET", "organizations.current", {}, cookie);
const member = (email: string): Promise<TestMember> =>
  addTestMember({
    organizationId: target.organization.id,
    role: "builder",
    email: `${email}@${target.organization.slug}.test`,
  });

it("S13 the session's cookie is for the server alone, and a new one at each sign-in", async () => {
  const passwordHash = await hashPassword("correct horse battery");
  const email = `signs-in@${target.organization.slug}.test`;
  await addTestMember({ organizationId: target.organization.id, role: "viewer", email, passwordHash });
  const signIn = async (): Promise<string> => {
    const csrf = await target.send("GET", "/api/auth/csrf", { key: null });
    const cookie = csrf.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const answer = await target.send("POST", "/api/auth/callback/credentials", {
      key: null,
      body: new URLSearchParams({
        csrfToken: JSON.parse(csrf.text).csrfToken,
        email,
        password: "correct horse battery",
        json: "true",
      }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", cookie },
    });
    return answer.headers.getSetCookie().find((each) => each.startsWith(sessionCookieName())) ?? "";
  };
  const [first, second] = [await signIn(), await signIn()];
  expect(first).toMatch(/HttpOnly/i);
  expect(first).toMatch(/SameSite=Lax/i);
  expect(first).toMatch(/Path=\//i);
  expect(first).not.toMatch(/Domain=/i);
  expect(first.split(";")[0]).not.toBe(second.split(";")[0]);
  expect((await whoAmI(first.split(";")[0] ?? "")).status).toBe(200);
  report("S13 cookie: HttpOnly, SameSite=Lax, host only, another one at each sign-in");
});

it("S13 tokens that we did not make, or not any more, open nothing", async () => {
  const { userId } = await member("forged");
  const [session] = await target.rows<{ id: string }>(
    `insert into user_sessions (id, user_id, organization_id, expires_at, address, device)
      values (gen_random_uuid(), $1, $2, now() + interval '1 day', '203.0.113.1', 'Test') returning id`,
    [userId, target.organization.id],
  );
  const claims = { sub: userId, organizationId: target.organization.id, epoch: 0, sessionId: session?.id ?? "" };
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  const name = sessionCookieName();
  const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const right = await encode({ token: claims, secret, maxAge: 600 });
  expect((await whoAmI(`${name}=${right}`)).status).toBe(200);
  const parts = right.split(".");
  const forged = [
    "",
    "null",
    "undefined",
    text(claims),
    `${text({ alg: "none" })}.${text(claims)}.`,
    `${text({ alg: "HS256" })}.${text(claims)}.${text({})}`,
    `${text({ alg: "dir", enc: "none" })}...${text(claims)}.`,
    await encode({ token: claims, secret: `${secret}x`, maxAge: 600 }),
    await encode({ token: claims, secret: "another-instance-another-instance-0123456", maxAge: 600 }),
    await encode({ token: claims, secret, maxAge: -60 }),
    await encode({ token: claims, secret, maxAge: 600, salt: "other" }),
    await encode({ token: { ...claims, epoch: 7 }, secret, maxAge: 600 }),
    await encode({ token: { ...claims, organizationId: "00000000-0000-7000-8000-000000000000" }, secret, maxAge: 600 }),
    await encode({ token: { ...claims, sub: "admin" }, secret, maxAge: 600 }),
    right.slice(0, -2),
    ...parts.map((_, at) =>
      parts
        .map((part, other) => (other === at ? `${part.startsWith("A") ? "B" : "A"}${part.slice(1)}x` : part))
        .join("."),
    ),
  ];
  for (const [at, token] of forged.entries()) {
    const { status } = await whoAmI(`${name}=${token}`);
    expect({ at, status }).toEqual({ at, status: 401 });
  }
  report(`S13 tokens: ${forged.length} forged or spent, 0 accepted`);
});

it("S13 another role, a deactivation and a raised epoch hold from the next request on", async () => {
  const created = (cookie: string) => target.trpc("POST", "library.create", { name: "after all" }, cookie);
  const demoted = await member("demoted");
  expect((await created(demoted.cookie)).status).toBe(200);
  await target.rows("update memberships set role = 'viewer' where user_id = $1", [demoted.userId]);
  expect((await created(demoted.cookie)).status).toBe(403);
  expect((await target.send("POST", "/api/v1/api-keys", { key: demoted.apiKey, body: "{}" })).status).toBe(403);
  const removed = await member("removed");
  await target.rows("delete from memberships where user_id = $1", [removed.userId]);
  expect((await whoAmI(removed.cookie)).status).toBe(401);
  expect((await target.send("GET", "/api/workflows", { key: removed.apiKey })).status).toBe(401);
});

it("S13 no procedure that writes takes a request from another site", async () => {
  const { cookie } = target.organization.members.owner;
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  const writes = Object.keys(procedures).filter((path) => procedures[path]?._def.type === "mutation");
  const sites: readonly Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site", origin: target.product.baseUrl },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${target.product.baseUrl}.evil.example` },
    {},
  ];
  const types = ["application/json", "text/plain", "application/x-www-form-urlencoded"];
  let tries = 0;
  await inParallel(writes, 4, async (path) => {
    for (const site of sites)
      for (const type of isFull ? types : types.slice(0, 1)) {
        const { status } = await target.send("POST", `/api/trpc/${path}`, {
          key: null,
          body: "{}",
          headers: { cookie, "content-type": type, ...site },
        });
        tries += 1;
        expect({ path, site, status }).toEqual({ path, site, status: 403 });
      }
  });
  report(`S13 other sites: ${writes.length} procedures that write, ${tries} tries, 0 passed`);
});
