import { House, Inbox, Mailbox, Play, ScrollText, SquarePen, Workflow, type LucideIcon } from "lucide-react";
import type { Scope } from "@/core/permissions";

export interface NavigationEntry {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shows how many decisions wait, in amber. */
  counts?: true;
  demoOnly?: true;
  /** The right that it takes. */
  scope?: Scope;
  /** In the sidebar only: on phones it is in the menu of the account. */
  wide?: true;
  /** Where there is little room. */
  short?: string;
}

/** Only what is finished. */
export const navigation: readonly NavigationEntry[] = [
  { href: "/home", label: "Home", icon: House },
  { href: "/inbox", label: "Inbox", icon: Inbox, counts: true },
  { href: "/workflows", label: "Workflows", icon: Workflow },
  { href: "/runs", label: "Runs", icon: Play },
  { href: "/requests", label: "Start a request", short: "Request", icon: SquarePen, scope: "runs:start" },
  { href: "/activity", label: "Activity", icon: ScrollText, scope: "audit:read", wide: true },
  { href: "/demo/mailbox", label: "Demo mailbox", short: "Mailbox", icon: Mailbox, demoOnly: true },
];

export function isCurrent(entry: NavigationEntry, path: string): boolean {
  return path === entry.href || path.startsWith(`${entry.href}/`);
}
