import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionRoles, type PermissionRole } from "@/core/permissions";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { refusalOf } from "./trpc-error";
import type { TestDatabase } from "@/tests/database";
import { restAccess, type Access } from "./permission-table";
import { procedureAccess } from "./procedure-access";
import { restRouter } from "@/server/routes/rest";
import { serveRest } from "@/server/routes/serve-rest";
import { appRouter, createCaller } from "@/server/routes/root";

let database: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
});
afterAll(() => database.close());

const routes = restRouter().routes;
const procedures = Object.keys(appRouter._def.procedures);

describe("REST", () => {
  it("has a row for every route, and a route for every row", () => {
    expect(Object.keys(restAccess).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(Object.entries(restAccess))("%s: %s", async (name, access) => {
    for (const role of [null, ...permissionRoles])
      expect({ role, allowed: await isAllowed(name, role) }).toEqual({ role, allowed: mayCall(access, role) });
  });
});

describe("tRPC", () => {
  it("has a row for every procedure, and a procedure for every row", () => {
    expect(Object.keys(procedureAccess).sort()).toEqual(procedures.sort());
  });

  it.each(Object.entries(procedureAccess))("%s: %s", async (path, access) => {
    for (const role of [null, ...permissionRoles])
      expect({ role, allowed: await isProcedureAllowed(path, role) }).toEqual({ role, allowed: mayCall(access, role) });
  });
});

function mayCall(access: Access, role: PermissionRole | null): boolean {
  if (access === "public") return true;
  if (role === null) return false;
  return access === "member" || permissionRoles.indexOf(role) <= permissionRoles.indexOf(access);
}

/** Called with ids that lead nowhere and an empty body: whether it is let in shows before that matters. */
async function isAllowed(name: string, role: PermissionRole | null): Promise<boolean> {
  const [method = "", path = ""] = name.split(" ");
  const response = await serveRest(
    new Request(`http://127.0.0.1:3000${path.replaceAll(/\{\w+\}/g, "nothing-here")}`, {
      method,
      headers: role === null ? {} : { authorization: `Bearer ${organization.members[role].apiKey}` },
    }),
  );
  const { error } = (await response.json()) as { error?: { code: string } };
  expect(error?.code).not.toBe("internal");
  return error?.code !== "missing_scope" && error?.code !== "unauthenticated";
}

async function isProcedureAllowed(path: string, role: PermissionRole | null): Promise<boolean> {
  const caller = createCaller({ actor: role === null ? null : organization.members[role].actor, requestId: "test" });
  // The caller is a proxy over the router's own names.
  const procedure = path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  try {
    const result = await procedure(undefined);
    // A subscription is only opened: it must not wait for a first message.
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result)
      void (result as AsyncGenerator).return(undefined);
    return true;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const { code } = refusalOf(error, "test");
    expect(code).not.toBe("internal");
    return code !== "missing_scope" && code !== "unauthenticated";
  }
}
