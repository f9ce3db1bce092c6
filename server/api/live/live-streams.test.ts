import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import {
  addTestMember,
  createTestOrganization,
  openTestSession,
  type TestOrganization,
} from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import { forgetEnv } from "@/server/env";
import type { TestDatabase } from "@/tests/database";
import { serveTrpc } from "@/server/routes/serve-trpc";
import { streams } from "./open-streams";

let database: TestDatabase;
let organization: TestOrganization;
let server: Server;
let base: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  // As Next hands requests over: the client's leaving aborts them.
  server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => {
      gone.abort();
    });
    const headers = new Headers(incoming.headers as Record<string, string>);
    void serveTrpc(new Request(new URL(incoming.url ?? "/", base), { headers, signal: gone.signal })).then((answer) => {
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      if (answer.body)
        Readable.fromWeb(answer.body as never)
          .on("error", () => undefined)
          .pipe(outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  forgetEnv();
  await Promise.all(closing.splice(0).map((close) => close()));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

/** A page that listens, over the wire, as `EventSource` does: every message and event as it arrives. */
async function listen(cookie: string) {
  const gone = new AbortController();
  const response = await fetch(`${base}/api/trpc/live.changes`, { headers: { cookie }, signal: gone.signal });
  const heard: string[] = [];
  const reading = (async () => {
    let text = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      heard.push(...blocks.map((block) => block.trim()).filter((block) => block !== ""));
    }
  })().catch(() => undefined);
  const close = async (): Promise<void> => {
    gone.abort();
    await reading;
  };
  closing.push(close);
  await expect.poll(() => heard.some((block) => block.startsWith("event: connected"))).toBe(true);
  return {
    heard,
    reading,
    close,
    over: () => heard.map((block) => /"over":"(\w+)"/.exec(block)?.[1]).find((over) => over !== undefined),
    isToldToStay: () => heard.some((block) => block.startsWith("event: return")),
  };
}

/** Those of them that hear of a change which is made now. */
async function stillHearing(pages: { heard: string[] }[]): Promise<boolean[]> {
  const mark = `mark-${String(Math.random())}`;
  await liveReady();
  await hotPool().query("select pg_notify('hp_live', $1)", [
    JSON.stringify({ organizationId: organization.id, kinds: [mark] }),
  ]);
  const hears = ({ heard }: { heard: string[] }): boolean => heard.some((block) => block.includes(mark));
  await expect.poll(() => pages.some(hears)).toBe(true);
  return pages.map(hears);
}

it("L15 the eleventh page of a sign-in ends the oldest one, which is told to wait and not to come back", async () => {
  const { userId, cookie } = organization.members.builder;
  const first = await listen(cookie);
  const others = await Promise.all(Array.from({ length: 9 }, () => listen(cookie)));
  expect(first.over()).toBeUndefined();
  const eleventh = await listen(cookie);
  await first.reading;
  expect([first.over(), first.isToldToStay()]).toEqual(["replaced", true]);
  expect([...others, eleventh].map(({ over }) => over())).toEqual(Array(10).fill(undefined));
  // Another sign-in of the same person has pages of its own.
  const elsewhere = await listen((await openTestSession(userId, organization.id)).cookie);
  expect(await stillHearing([eleventh, elsewhere])).toEqual([true, true]);
  expect([...others, eleventh].map(({ over }) => over())).toEqual(Array(10).fill(undefined));
});

it("L15 a page that was closed leaves its place to the next one", async () => {
  const { cookie } = organization.members.viewer;
  const pages = await Promise.all(Array.from({ length: 10 }, () => listen(cookie)));
  await pages[9]?.close();
  await expect.poll(() => streams.value?.total).toBe(9);
  const next = await listen(cookie);
  expect([...pages.slice(0, 9), next].map(({ over }) => over())).toEqual(Array(10).fill(undefined));
});

it("L15 an organization and the process have so many open; one more is told to come later", async () => {
  vi.stubEnv("HOLDPOINT_STREAMS", "12");
  vi.stubEnv("HOLDPOINT_STREAMS_PER_ORGANIZATION", "10");
  forgetEnv();
  const { viewer, builder } = organization.members;
  const open = await Promise.all(
    Array.from({ length: 10 }, (_, index) => listen((index % 2 === 0 ? viewer : builder).cookie)),
  );
  const refused = await listen(organization.members.owner.cookie);
  await refused.reading;
  expect([refused.over(), refused.isToldToStay()]).toEqual(["busy", true]);
  const south = await createTestOrganization("south");
  const others = await Promise.all([1, 2].map(() => listen(south.members.owner.cookie)));
  const last = await listen(south.members.viewer.cookie);
  await last.reading;
  expect(last.over()).toBe("busy");
  expect([...open, ...others].map(({ over }) => over())).toEqual(Array(12).fill(undefined));
});

it.each([
  ["was deactivated", "update users set deactivated_at = now() where id = $1"],
  ["left the organization", "delete from memberships where user_id = $1"],
  ["was signed out everywhere", "update users set session_epoch = session_epoch + 1 where id = $1"],
  ["signed out", "update user_sessions set ended_at = now() where user_id = $1"],
])("L15 a person who %s hears of nothing any more, and others go on", async (what, statement) => {
  const email = `${what.replaceAll(" ", "-")}@north.holdpoint.test`;
  const member = await addTestMember({ organizationId: organization.id, role: "operator", email });
  const [page, other] = [await listen(member.cookie), await listen(organization.members.owner.cookie)];
  expect(await stillHearing([page, other])).toEqual([true, true]);
  await hotPool().query(statement, [member.userId]);
  await page.reading;
  expect([page.over(), page.isToldToStay()]).toEqual(["signed_out", true]);
  expect(await stillHearing([page, other])).toEqual([false, true]);
  const again = await fetch(`${base}/api/trpc/live.changes`, { headers: { cookie: member.cookie } });
  expect(await again.text()).toMatch(/event: serialized-error\ndata: .*"httpStatus":401/);
});

it("L15 whose access did not change is not asked about again", async () => {
  const page = await listen(organization.members.owner.cookie);
  const asked = vi.spyOn(hotPool(), "query");
  const { rowCount } = await hotPool().query("update user_sessions set ended_at = now() where user_id = $1", [
    organization.members.viewer.userId,
  ]);
  expect(rowCount).toBeGreaterThan(0);
  expect(await stillHearing([page])).toEqual([true]);
  expect(JSON.stringify(asked.mock.calls)).toContain("hp_live");
  expect(JSON.stringify(asked.mock.calls)).not.toContain("auth_session");
});
