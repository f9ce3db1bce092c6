import {
  Contact,
  House,
  Inbox,
  Mailbox,
  MessagesSquare,
  Play,
  ScrollText,
  SquarePen,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import type { Scope } from "@/core/permissions";

export type Counted = "decisions" | "conversations";
/** Null while unknown. */
export type Counts = Readonly<Record<Counted, number | null>>;

export interface NavigationEntry {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shows how many wait there, in amber: decisions, or conversations for those who answer customers. */
  counts?: Counted;
  /** On a phone behind "More". */
  more?: true;
  demoOnly?: true;
  /** The right that it takes. */
  scope?: Scope;
  /** Where there is little room. */
  short?: string;
}

/** Only what is finished. */
export const navigation: readonly NavigationEntry[] = [
  { href: "/home", label: "Home", icon: House },
  { href: "/inbox", label: "Inbox", icon: Inbox, counts: "decisions" },
  { href: "/workflows", label: "Workflows", icon: Workflow, more: true },
  { href: "/runs", label: "Runs", icon: Play },
  { href: "/conversations", label: "Conversations", short: "Chats", icon: MessagesSquare, counts: "conversations" },
  { href: "/contacts", label: "Contacts", icon: Contact, more: true },
  { href: "/requests", label: "My requests", icon: SquarePen, scope: "runs:start", more: true },
  { href: "/activity", label: "Activity", icon: ScrollText, scope: "audit:read", more: true },
  { href: "/demo/mailbox", label: "Demo mailbox", icon: Mailbox, demoOnly: true, more: true },
];

export function isCurrent(entry: NavigationEntry, path: string): boolean {
  return path === entry.href || path.startsWith(`${entry.href}/`);
}
