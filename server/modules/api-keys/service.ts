import { hashToken } from "@/server/digest";
import type { ApiKeyItem, CreateApiKey } from "@/core/contracts/api-key";
import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import { forgetApiKeys } from "@/server/auth/api-key";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { keyHint, newKeyToken } from "@/server/auth/key-token";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { listMembers } from "@/server/modules/members/service";
import { canManageAllKeys, ownScopes, scopesBeyond } from "./policy";
import * as repository from "./repository";

/** Makes a key that acts for the caller. Its text is in this answer and nowhere else. */
export async function createApiKey(actor: UserActor, input: CreateApiKey): Promise<ApiKeyItem & { key: string }> {
  requireScope(actor, "api_keys:manage");
  requireRecentProof(actor);
  const scopes = [...new Set(input.scopes ?? ownScopes(actor))];
  const beyond = scopesBeyond(actor, scopes);
  if (beyond.length > 0)
    throw new AppError("missing_scope", `A key cannot do more than you: leave out ${beyond.join(", ")}.`);
  const expiresAt = input.expires_at === undefined || input.expires_at === null ? null : new Date(input.expires_at);
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new AppError("validation_failed", "The key would have expired already.", [
      { code: "in_the_past", path: "expires_at", message: "must be in the future" },
    ]);
  }
  const key = newKeyToken();
  const row = await withTransaction(async (tx) => {
    const { organizationId, userId } = actor;
    const created = await repository.insertKey(tx, {
      id: newId(),
      organizationId,
      userId,
      name: input.name,
      keyHash: hashToken(key),
      hint: keyHint(key),
      scopes,
      expiresAt,
    });
    await writeAudit(tx, actor, "api_key.created", { type: "api_key", id: created.id }, { name: created.name, scopes });
    return created;
  });
  return { ...describe(row, { name: actor.name, email: actor.email ?? "" }), key };
}

export async function listApiKeys(actor: UserActor, request: PageRequest): Promise<Page<ApiKeyItem>> {
  requireScope(actor, "api_keys:manage");
  const userId = canManageAllKeys(actor) ? null : actor.userId;
  const page = await listPage(request, byCreation, (slice) => repository.listKeys(actor.organizationId, userId, slice));
  return { ...page, items: await describeAll(actor, page.items) };
}

/** Refused from the next request on, here at once and in other processes as soon as they hear of it. */
export async function revokeApiKey(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "api_keys:manage");
  const id = readId("apiKey", idText);
  const row = id === null ? null : await repository.findKey(actor.organizationId, id);
  if (!row || (row.userId !== actor.userId && !canManageAllKeys(actor)))
    throw new AppError("not_found", "There is no such API key.");
  await withTransaction(async (tx) => {
    if (!(await repository.revokeKey(tx, actor.organizationId, row.id)))
      throw new AppError("not_found", "There is no such API key.");
    await writeAudit(tx, actor, "api_key.revoked", { type: "api_key", id: row.id }, { name: row.name });
  });
  forgetApiKeys();
}

async function describeAll(actor: UserActor, rows: readonly repository.ApiKeyRow[]): Promise<ApiKeyItem[]> {
  const members = new Map((await listMembers(actor)).map((member) => [member.id, member]));
  return rows.map((row) => describe(row, members.get(row.userId)));
}

function describe(row: repository.ApiKeyRow, user: { name: string; email: string } | undefined): ApiKeyItem {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    user: { id: row.userId, name: user?.name ?? "Former member", email: user?.email ?? "" },
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}
