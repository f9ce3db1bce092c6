import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import { handleAuth } from "./next-auth";
import { actorFromCookies } from "./session";

let database: TestDatabase;
let organization: TestOrganization;
const base = "http://127.0.0.1:3000";
const email = "kim@north.holdpoint.test";
const password = "correct horse battery staple";

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  const passwordHash = storedPassword(password);
  await addTestMember({ organizationId: organization.id, role: "operator", email, passwordHash });
});
afterAll(() => database.close());

/** next-auth asks Next for the headers and cookies of the request under way; here that is the one that is sent. */
const next = createRequire(import.meta.url)("next/headers") as Record<"headers" | "cookies", () => Promise<unknown>>;

function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const cookies = (headers.get("cookie") ?? "").split("; ").filter((text) => text.includes("="));
  next.headers = () => Promise.resolve(headers);
  next.cookies = () =>
    Promise.resolve({
      getAll: () =>
        cookies.map((text) => ({
          name: text.split("=")[0],
          value: decodeURIComponent(text.slice(text.indexOf("=") + 1)),
        })),
    });
  return handleAuth(new Request(`${base}/api/auth/${path}`, init), {
    params: Promise.resolve({ nextauth: path.split("/") }),
  });
}

/** Sends a form of next-auth's as the browser does, with its own token against forgery. */
async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const csrf = await call("csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookies = [headers["cookie"], csrf.headers.getSetCookie()[0]?.split(";")[0]].filter(Boolean).join("; ");
  return call(path, {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded", cookie: cookies },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }).toString(),
  });
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

const userAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const signInFrom = (address: string, given = password, cookie = "") =>
  post(
    "callback/credentials",
    { email, password: given },
    { "x-forwarded-for": address, "user-agent": userAgent, ...(cookie === "" ? {} : { cookie }) },
  );

describe("M4 a session is a row", () => {
  it("M4 sign-in writes it with browser and address, and the cookie names it", async () => {
    const cookie = cookiesOf(await signInFrom("203.0.113.7"));
    const actor = await actorFromCookies(cookie);
    const { rows } = await hotPool().query("select * from user_sessions where id = $1", [actor?.session?.id]);
    expect(rows).toMatchObject([
      { user_id: actor?.userId, address: "203.0.113.7", device: "Firefox on Windows", ended_at: null },
    ]);
  });

  it("M4 a cookie from before the sign-out opens nothing afterwards, and is not renewed", async () => {
    const cookie = cookiesOf(await signInFrom("203.0.113.8"));
    expect(await actorFromCookies(cookie)).not.toBeNull();
    await post("signout", { callbackUrl: "/" }, { cookie });
    expect(await actorFromCookies(cookie)).toBeNull();
    const asked = await call("session", { headers: { cookie } });
    expect(await asked.json()).toEqual({});
    expect(await actorFromCookies(cookiesOf(asked))).toBeNull();
  });

  it("M4 asking for the session again and again does not move its absolute end", async () => {
    const cookie = cookiesOf(await signInFrom("203.0.113.9"));
    const id = (await actorFromCookies(cookie))?.session?.id;
    expect(id).toBeDefined();
    const end = () => hotPool().query("select expires_at from user_sessions where id = $1", [id]);
    const before = (await end()).rows;
    const renewed = cookiesOf(await call("session", { headers: { cookie } }));
    expect((await actorFromCookies(renewed))?.session?.id).toBe(id);
    expect((await end()).rows).toEqual(before);
    await hotPool().query("update user_sessions set expires_at = now() - interval '1 second' where id = $1", [id]);
    expect(await actorFromCookies(renewed)).toBeNull();
  });

  it("M4 it ends after seven days without use, and its use is noted", async () => {
    const { cookie, sessionId } = await openTestSession(organization.members.viewer.userId, organization.id);
    const seen = async (ago: string) =>
      hotPool().query("update user_sessions set seen_at = now() - $2::interval where id = $1", [sessionId, ago]);
    await seen("6 days 23 hours");
    expect(await actorFromCookies(cookie)).not.toBeNull();
    await expect
      .poll(async () => {
        const { rows } = await hotPool().query<{ isRecent: boolean }>(
          `select seen_at > now() - interval '1 hour' as "isRecent" from user_sessions where id = $1`,
          [sessionId],
        );
        return rows[0]?.isRecent;
      })
      .toBe(true);
    await seen("7 days 1 minute");
    expect(await actorFromCookies(cookie)).toBeNull();
  });
});

describe("M1 guesses are delayed, nobody is locked out", () => {
  it("M1 a stranger's wrong tries do not keep out another address or a known browser", async () => {
    const known = cookiesOf(await signInFrom("198.51.100.1"));
    expect(known).toContain("holdpoint.device");
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1)
      statuses.push((await signInFrom("198.51.100.66", `guess ${String(attempt)}`)).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses).toContain(429);
    expect((await signInFrom("198.51.100.66")).headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await signInFrom("198.51.100.2")).status).toBe(200);
    // The owner's own browser gets in even from where the stranger sits.
    expect((await signInFrom("198.51.100.66", password, known)).status).toBe(200);
  });

  it("M1 the counters are rows, so that a restart and a second process know them", async () => {
    const { rows } = await hotPool().query<{ key: string }>("select key from guess_counters where key like 'free:%'");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(email);
  });

  it("M1 a cookie made up by the guesser is no known browser", async () => {
    const madeUp = `holdpoint.device.3000=${"A".repeat(43)}`;
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1)
      statuses.push((await signInFrom("198.51.100.67", "guess", madeUp)).status);
    expect(statuses).toContain(429);
  });
});
