import type { PermissionRole } from "@/core/permissions";

/**
 * Who may call what, written by hand beside the code so that a slip in a route's scope shows: `public` asks for no sign-in,
 * `member` for any role, else the least role that may (each role may all that the ones below it may). The test fails for a
 * route or procedure without a row, a row without a route, and wherever the code decides otherwise.
 */
export type Access = "public" | "member" | PermissionRole;

export const restAccess: Readonly<Record<string, Access>> = {
  "GET /api/health": "public",
  "GET /api/openapi.json": "public",
  "POST /api/v1/api-keys": "builder",
  "GET /api/v1/api-keys": "builder",
  "DELETE /api/v1/api-keys/{id}": "builder",
  "GET /api/v1/audit": "admin",
  "POST /api/v1/connections": "builder",
  "GET /api/v1/connections": "viewer",
  "GET /api/v1/connections/{idOrSlug}": "viewer",
  "PATCH /api/v1/connections/{idOrSlug}": "builder",
  "DELETE /api/v1/connections/{idOrSlug}": "builder",
  "POST /api/v1/connections/{idOrSlug}/test": "builder",
  "GET /api/v1/members": "viewer",
};

export const procedureAccess: Readonly<Record<string, Access>> = {
  "live.changes": "member",
  "members.list": "viewer",
  "organizations.current": "member",
};
