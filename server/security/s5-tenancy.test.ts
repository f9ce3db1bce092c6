import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionRoles, scopes, type PermissionRole } from "@/core/permissions";
import { restAccess } from "@/server/api/permission-table";
import { procedureAccess } from "@/server/api/procedure-access";
import { restRouter } from "@/server/routes/rest";
import { appRouter } from "@/server/routes/root";
import { addTestKey } from "@/server/auth/identity.testkit";
import { attack, type Answer, type Attacked } from "./attacked.testkit";
import { extent, inParallel, isFull, report } from "./extent.testkit";
import { namesNothing } from "./names-nothing.testkit";
import { makeOwnThings, type OwnThings } from "./own-things.testkit";
import { nothings } from "./nothings.testkit";
import { addressOf, bodies, procedureInputs, queries } from "./tenancy.testkit";

let ours: Attacked;
let theirs: Attacked;
let things: OwnThings;

beforeAll(async () => {
  ours = await attack("ours");
  theirs = await attack("theirs");
  things = await makeOwnThings(ours);
});
afterAll(() => ours.close());

const routes = restRouter().routes;
/** In the short form the one who may most and the one who may least. */
const roles: readonly PermissionRole[] = isFull ? permissionRoles : ["owner", "viewer"];
const named = routes.filter(({ method, path }) => path.includes("{") && restAccess[`${method} ${path}`] !== "public");
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;

/** What an answer says, without what differs from one request to the next and the name that was asked for. */
function said({ status, text }: Answer, asked: OwnThings): { status: number; text: string } {
  const values = [...Object.values(asked)].sort((one, other) => other.length - one.length);
  const bare = values.reduce((rest, value) => rest.replaceAll(value, "…"), text);
  return { status, text: bare.replaceAll(/"(?:request_id|requestId)":"[^"]*"/g, '"request_id":"…"') };
}

async function callRoute(
  from: Attacked,
  key: string | null,
  method: string,
  path: string,
  asked: OwnThings,
): Promise<Answer> {
  const name = `${method} ${path}`;
  return from.send(method, `${addressOf(path, asked)}${queries[name] ?? ""}`, {
    key,
    ...(method === "GET" ? {} : { body: JSON.stringify(bodies[name] ?? {}) }),
  });
}

describe("S5 what belongs to another organization does not exist", () => {
  it("on every REST route, for every role, in status and words, and nothing changes", async () => {
    const before = await fingerprint();
    let tries = 0;
    await inParallel(named, 4, async ({ method, path }) => {
      for (const role of roles) {
        const key = theirs.organization.members[role].apiKey;
        const missing = nothings();
        const foreign = await callRoute(theirs, key, method, path, things);
        const none = await callRoute(theirs, key, method, path, missing);
        tries += 2;
        expect(foreign.status, `${method} ${path} ${foreign.text}`).toBeGreaterThanOrEqual(400);
        expect({ name: `${method} ${path}`, role, ...said(foreign, things) }).toEqual({
          name: `${method} ${path}`,
          role,
          ...said(none, missing),
        });
        if (role === "owner") requireReached(`${method} ${path}`, foreign);
      }
      const anonymous = await callRoute(theirs, null, method, path, things);
      expect({ path, status: anonymous.status }).toEqual({ path, status: 401 });
    });
    expect(await fingerprint()).toEqual(before);
    report(`S5 REST: ${named.length} routes that name something, ${tries} foreign and missing, 0 differences`);
  });

  it("in every procedure, for every role, and nothing changes", async () => {
    const before = await fingerprint();
    const scoped = Object.keys(procedures).filter((path) => procedureAccess[path] !== "public");
    expect(scoped.filter((path) => !namesNothing.has(path) && !(path in procedureInputs))).toEqual([]);
    let tries = 0;
    await inParallel(Object.entries(procedureInputs), 4, async ([path, inputOf]) => {
      const method = procedures[path]?._def.type === "query" ? "GET" : "POST";
      for (const role of roles) {
        const { cookie } = theirs.organization.members[role];
        const missing = nothings();
        const foreign = await theirs.trpc(method, path, inputOf(things), cookie);
        const none = await theirs.trpc(method, path, inputOf(missing), cookie);
        tries += 2;
        expect({ path, role, ...said(foreign, things) }).toEqual({ path, role, ...said(none, missing) });
        expect(foreign.text).not.toContain("Canary");
        if (role === "owner") requireReached(path, foreign);
      }
      expect((await theirs.trpc(method, path, inputOf(things))).status, path).toBe(401);
    });
    expect(await fingerprint()).toEqual(before);
    report(
      `S5 tRPC: ${Object.keys(procedureInputs).length} procedures that name something, ${tries} foreign and missing, 0 differences`,
    );
  });

  it("in every list, page of results and search", async () => {
    const { apiKey, cookie } = theirs.organization.members.owner;
    const lists = routes.filter(({ method, path }) => method === "GET" && !path.includes("{"));
    for (const { path } of lists) {
      const { text } = await theirs.send("GET", path, { key: apiKey });
      expect({ path, leaks: text.includes("Canary") || text.includes(things.workflowId) }).toEqual({
        path,
        leaks: false,
      });
    }
    for (const [path, { _def }] of Object.entries(procedures)) {
      if (!namesNothing.has(path) || _def.type !== "query") continue;
      const { text } = await theirs.trpc("GET", path, {}, cookie);
      expect({ path, leaks: text.includes("Canary") || text.includes(things.workflowId) }).toEqual({
        path,
        leaks: false,
      });
    }
    report(`S5 lists: ${lists.length} routes, 0 leaks`);
  });
});

describe("S5 a key can do what its scopes say and nothing else", () => {
  it("on every route with a scope", async () => {
    const { owner } = theirs.organization.members;
    const keyOf = async (which: readonly (typeof scopes)[number][]): Promise<string> =>
      (await addTestKey(theirs.organization.id, owner.userId, which)).apiKey;
    const single = new Map(await Promise.all(scopes.map(async (scope) => [scope, await keyOf([scope])] as const)));
    const without = new Map(
      await Promise.all(
        scopes.map(async (scope) => [scope, await keyOf(scopes.filter((each) => each !== scope))] as const),
      ),
    );
    let tries = 0;
    const missing = nothings();
    await inParallel(routes, 4, async ({ method, path, run, scope }) => {
      if (run.kind === "public" || scope === null) return;
      const refused = await callRoute(theirs, without.get(scope) ?? "", method, path, missing);
      expect({ path, method, status: refused.status }).toEqual({ path, method, status: 403 });
      expect(refused.text).toContain("missing_scope");
      tries += 1;
      // In the short form one other scope stands for all.
      const others = scopes.filter((each) => each !== scope).slice(0, extent(scopes.length, 1));
      for (const other of others) {
        const answer = await callRoute(theirs, single.get(other) ?? "", method, path, missing);
        tries += 1;
        expect({ path, method, other, status: answer.status }).toEqual({ path, method, other, status: 403 });
      }
      const taken = await callRoute(theirs, single.get(scope) ?? "", method, path, missing);
      tries += 1;
      expect(taken.status, `${method} ${path} ${taken.text}`).not.toBe(401);
    });
    report(`S5 scopes: ${tries} tries over ${routes.length} routes, 0 deviations`);
  });
});

/** Belonging must be what refused: an input that is refused for its shape would try nothing. */
function requireReached(name: string, { status, text }: Answer): void {
  expect({ name, isShape: status === 422 || status === 400 ? text : null }).toEqual({ name, isShape: null });
}

/** Everything of ours that a stranger might change; how far its runs have been counted is housekeeping. */
async function fingerprint(): Promise<unknown> {
  const tables = [
    "workflows",
    "workflow_versions",
    "runs",
    "waitpoints",
    "connections",
    "api_keys",
    "webhook_subscriptions",
    "conversations",
    "conversation_notes",
    "conversation_reads",
    "canned_answers",
    "contacts",
    "audit_entries",
  ];
  return ours.rows(
    tables
      .map(
        (table) =>
          `select '${table}' as name, md5(coalesce(string_agg(t, '|' order by t), '')) as content from (select (to_jsonb(r) - array['runs_counted', 'runs_counted_to', 'drivers', 'parked_by', 'heartbeat_at', 'busy'])::text as t from ${table} r where organization_id = $1) each_row`,
      )
      .join(" union all "),
    [ours.organization.id],
  );
}
