import type { PermissionRole } from "@/core/permissions";

export const organizationSlug = "holdpoint-demo";

/** The business roles that approvals of the demo name. */
export const businessRoles = [
  { slug: "manager", name: "Manager" },
  { slug: "operator", name: "Operator" },
  { slug: "kyc_analyst", name: "KYC analyst" },
] as const;

export type DemoUserKey = "owner" | "manager" | "analyst" | "operator" | "builder" | "viewer";

export interface DemoUser {
  key: DemoUserKey;
  name: string;
  role: PermissionRole;
  businessRoles: string[];
}

/** One person per job; the owner may decide everything. */
export const demoUsers: readonly DemoUser[] = [
  { key: "owner", name: "Olive Owner", role: "owner", businessRoles: ["manager", "operator", "kyc_analyst"] },
  { key: "manager", name: "Max Manager", role: "approver", businessRoles: ["manager"] },
  { key: "analyst", name: "Ana Analyst", role: "approver", businessRoles: ["kyc_analyst"] },
  { key: "operator", name: "Oscar Operator", role: "operator", businessRoles: ["operator"] },
  { key: "builder", name: "Bea Builder", role: "builder", businessRoles: [] },
  { key: "viewer", name: "Vic Viewer", role: "viewer", businessRoles: [] },
];

export function emailOf(key: DemoUserKey): string {
  return `${key}@holdpoint.test`;
}

export interface DemoContact {
  email: string;
  name: string;
  phone: string | null;
  plan: "free" | "pro" | "enterprise";
}

/** Customers of the demo. Phone numbers are from the range that is reserved for fiction. */
export const demoContacts = [
  { email: "jane@acme.com", name: "Jane", phone: "+1 202 555 0143", plan: "pro" },
  { email: "sam@globex.test", name: "Sam", phone: "+1 202 555 0117", plan: "pro" },
  { email: "kim@acme.com", name: "Kim", phone: "+1 202 555 0162", plan: "pro" },
  { email: "noor@globex.test", name: "Noor", phone: "+1 202 555 0178", plan: "free" },
  { email: "lee@initech.test", name: "Lee", phone: "+1 202 555 0129", plan: "pro" },
  { email: "ada@initech.test", name: "Ada", phone: null, plan: "enterprise" },
  { email: "tom@umbrella.test", name: "Tom", phone: "+1 202 555 0184", plan: "pro" },
  { email: "mia@umbrella.test", name: "Mia", phone: "+1 202 555 0155", plan: "free" },
] as const satisfies readonly DemoContact[];

export type DemoContactEmail = (typeof demoContacts)[number]["email"];

/** What customers can tap instead of writing. */
export const quickReplies = [
  { value: "upgrade", label: "Upgrade my plan" },
  { value: "refund", label: "Ask for a refund" },
];
