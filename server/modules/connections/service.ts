import type { CreateConnection, UpdateConnection } from "@/connectors/auth/connection-schemas";
import { holdsProof, type ConnectionAuth } from "@/connectors/auth/definitions";
import { connectorDefinitions } from "@/connectors/definitions";
import type { ConnectionItem, ConnectionTest } from "@/core/contracts/connection";
import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { keyRing } from "@/server/auth/key-ring";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { listPage, type ListOrder, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { noteAct, withTransaction, writeAudit } from "@/server/db/transaction";
import { connectionContext } from "@/server/integrations/secrets/key-ring";
import { probeConnection } from "./probe";
import * as repository from "./repository";
import { workflowsUsing } from "./usage";

export { connectionOf } from "./usage";

export async function createConnection(actor: Actor, input: CreateConnection): Promise<ConnectionItem> {
  requireScope(actor, "connections:write");
  requireConnector(input.connector);
  if (holdsProof(input.auth.type)) requireRecentProof(actor);
  const id = newId();
  const { organizationId } = actor;
  const row = await withTransaction(async (tx) => {
    const { slug, connector, is_live: isLive, record_bodies: recordBodies, base_url: baseUrl, auth } = input;
    const name = input.name ?? slug;
    const created = await repository.insertConnection(tx, {
      id,
      organizationId,
      slug,
      connector,
      name,
      baseUrl,
      isLive,
      recordBodies,
      ...sealAuth(organizationId, id, auth),
    });
    if (!created)
      throw new AppError(
        "slug_taken",
        `There is a connection "${slug}" already. Choose another slug, or change that one.`,
      );
    await writeAudit(
      tx,
      actor,
      "connection.created",
      { type: "connection", id },
      { slug, connector, baseUrl, authType: auth.type },
    );
    return created;
  });
  return describe(row);
}

const bySlug: ListOrder<{ slug: string }, { slug: string }> = {
  length: 1,
  write: ({ slug }) => [slug],
  read: ([slug = ""]) => ({ slug }),
};

export async function listConnections(actor: Actor, request: PageRequest): Promise<Page<ConnectionItem>> {
  requireScope(actor, "connections:read");
  const page = await listPage(request, bySlug, (slice) => repository.listConnections(actor.organizationId, slice));
  return { ...page, items: page.items.map(describe) };
}

/** All of an organization, for checks that other modules make on their own account: nothing secret is in them. */
export async function connectionsOf(organizationId: OrganizationId): Promise<ConnectionItem[]> {
  return (await repository.listConnections(organizationId, { limit: 100_000, offset: 0 })).map(describe);
}

export async function getConnection(actor: Actor, idOrSlug: string): Promise<ConnectionItem> {
  requireScope(actor, "connections:read");
  return describe(await load(actor, idOrSlug));
}

const provenFields = ["auth", "base_url", "is_live", "record_bodies"] as const;

export async function updateConnection(
  actor: Actor,
  idOrSlug: string,
  input: UpdateConnection,
  unchanged?: (item: ConnectionItem) => void,
): Promise<ConnectionItem> {
  requireScope(actor, "connections:write");
  if (input.connector !== undefined) requireConnector(input.connector);
  // Its secret, where that is sent to, whether tests may use it, and who sees what it answers.
  if (provenFields.some((field) => input[field] !== undefined)) requireRecentProof(actor);
  // What is written is compared with this row again, so nobody comes in between.
  const current = await load(actor, idOrSlug);
  unchanged?.(describe(current));
  // A service that is not marked live is open to every test.
  if (current.isLive && input.is_live === false) requireScope(actor, "connections:test_live");
  refuseMovedSecret(current, input);
  const fields: Partial<repository.ConnectionFields> = {
    ...(input.connector === undefined ? {} : { connector: input.connector }),
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.base_url === undefined ? {} : { baseUrl: input.base_url }),
    ...(input.is_live === undefined ? {} : { isLive: input.is_live }),
    ...(input.record_bodies === undefined ? {} : { recordBodies: input.record_bodies }),
    ...(input.auth === undefined ? {} : sealAuth(actor.organizationId, current.id, input.auth)),
  };
  const row = await withTransaction(async (tx) => {
    const updated = await repository.updateConnection(tx, current, actor.organizationId, fields);
    if (!updated)
      throw new AppError(
        "conflict",
        "Somebody changed this connection at the same moment. Read it again and repeat your change.",
      );
    await writeAudit(
      tx,
      actor,
      "connection.updated",
      { type: "connection", id: current.id },
      { slug: current.slug, changed: Object.keys(input), ...changedFacts(current, fields) },
    );
    return updated;
  });
  return describe(row);
}

/** What the fields that are no secret were before and are now; of credentials only their kind. */
function changedFacts(
  current: repository.ConnectionRow,
  { secretSealed: _secret, ...fields }: Partial<repository.ConnectionFields>,
): { before: JsonObject; after: JsonObject } {
  const { connector, name, baseUrl, isLive, recordBodies, authType } = current;
  const known: JsonObject = { connector, name, baseUrl, isLive, recordBodies, authType };
  const changed = Object.entries(fields).filter(([field, value]) => known[field] !== value);
  return {
    before: Object.fromEntries(changed.map(([field]) => [field, known[field] ?? null])),
    after: Object.fromEntries(changed),
  };
}

/** Refused while a live workflow calls through it. */
export async function deleteConnection(actor: Actor, idOrSlug: string): Promise<ConnectionItem> {
  requireScope(actor, "connections:write");
  requireRecentProof(actor);
  const row = await load(actor, idOrSlug);
  const users = await workflowsUsing(actor.organizationId, row.slug);
  if (users.length > 0) {
    throw new AppError(
      "connection_in_use",
      `"${row.slug}" is used by ${users.join(", ")}. Publish them without it or retire them first.`,
      [],
      { workflows: users },
    );
  }
  await withTransaction(async (tx) => {
    if (!(await repository.deleteConnection(tx, actor.organizationId, row.id))) throw notFound();
    await writeAudit(tx, actor, "connection.deleted", { type: "connection", id: row.id }, { slug: row.slug });
  });
  return describe(row);
}

export async function testConnection(actor: Actor, idOrSlug: string, path: string): Promise<ConnectionTest> {
  requireScope(actor, "connections:write");
  const connection = await load(actor, idOrSlug);
  const result = await probeConnection(connection, path);
  const { ok, status } = result;
  await noteAct(
    actor,
    "connection.tested",
    { type: "connection", id: connection.id },
    { slug: connection.slug, path, ok, status },
  );
  return result;
}

/** A stored secret may not be pointed at another address, on a shared host neither, by somebody who does not know it. */
function refuseMovedSecret(current: repository.ConnectionRow, input: UpdateConnection): void {
  if (input.base_url === undefined || input.auth !== undefined || !holdsProof(current.authType)) return;
  if (placeOf(input.base_url) === placeOf(current.baseUrl)) return;
  const message = "is needed when base_url moves to another address";
  throw new AppError("validation_failed", `Give auth again: it ${message}.`, [
    { code: "auth_required", severity: "error", path: "auth", message },
  ]);
}

function placeOf(baseUrl: string): string {
  return new URL(baseUrl).href.replace(/\/+$/, "");
}

function requireConnector(connector: string): void {
  if (Object.hasOwn(connectorDefinitions, connector)) return;
  const message = `is not one of ${Object.keys(connectorDefinitions).join(", ")}`;
  throw new AppError("validation_failed", `The connector "${connector}" ${message}. For any other REST API use http.`, [
    { code: "unknown_connector", severity: "error", path: "connector", message },
  ]);
}

async function load(actor: Actor, idOrSlug: string): Promise<repository.ConnectionRow> {
  const id = readId("connection", idOrSlug);
  const row = await repository.findConnection(actor.organizationId, id === null ? { slug: idOrSlug } : { id });
  if (!row) throw notFound();
  return row;
}

function notFound(): AppError {
  return new AppError("not_found", "There is no such connection.");
}

function sealAuth(
  organizationId: string,
  id: string,
  auth: ConnectionAuth,
): { authType: string; secretSealed: string | null } {
  return {
    authType: auth.type,
    secretSealed: holdsProof(auth.type)
      ? keyRing().seal(JSON.stringify(auth), connectionContext(organizationId, id))
      : null,
  };
}

function describe(row: repository.ConnectionRow): ConnectionItem {
  return {
    id: row.id,
    slug: row.slug,
    connector: row.connector,
    name: row.name,
    base_url: row.baseUrl,
    auth: { type: row.authType },
    is_live: row.isLive,
    record_bodies: row.recordBodies,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
