/** Permission roles, from most to least. Owners get no bypass of assignee or four-eyes rules. */
export const permissionRoles = ["owner", "admin", "builder", "operator", "approver", "viewer"] as const;
export type PermissionRole = (typeof permissionRoles)[number];

/** Every right there is. API keys carry a subset; a key never exceeds its user's role. */
export const scopes = [
  "workflows:read",
  "workflows:write",
  "workflows:publish",
  "workflows:require_review",
  "runs:read",
  "runs:read:all",
  "runs:start",
  "runs:control",
  "runs:reveal",
  "runs:delete",
  "approvals:read",
  "approvals:decide",
  "approvals:decide:any",
  "approvals:reassign",
  "forms:submit",
  "handoffs:resolve",
  "conversations:read",
  "conversations:write",
  "contacts:read",
  "connections:read",
  "connections:write",
  "connections:test_live",
  "events:write",
  "webhooks:read",
  "webhooks:write",
  "deliveries:read",
  "audit:read",
  "members:read",
  "members:manage",
  "absences:write",
  "sessions:manage",
  "api_keys:manage",
] as const;
export type Scope = (typeof scopes)[number];

const viewer: readonly Scope[] = [
  "workflows:read",
  "runs:read",
  "runs:read:all",
  "approvals:read",
  "conversations:read",
  "contacts:read",
  "connections:read",
  "members:read",
  "deliveries:read",
  // Their own.
  "absences:write",
  "sessions:manage",
];
// With keys of their own, which can never do more than they can and end with their membership.
const approver: readonly Scope[] = [...viewer, "approvals:decide", "runs:start", "api_keys:manage"];
const operator: readonly Scope[] = [
  ...approver,
  "runs:control",
  // Of the workflows they own; administrators everywhere.
  "approvals:reassign",
  "forms:submit",
  "handoffs:resolve",
  "conversations:write",
  "events:write",
];
const builder: readonly Scope[] = [
  ...operator,
  "workflows:write",
  "workflows:publish",
  "connections:write",
  "webhooks:read",
  "webhooks:write",
];
const admin: readonly Scope[] = scopes;

/** What each role may do. */
export const roleScopes: Readonly<Record<PermissionRole, readonly Scope[]>> = {
  owner: admin,
  admin,
  builder,
  operator,
  approver,
  viewer,
};
