import { House, Inbox, Mailbox, Play, SquarePen, Workflow, type LucideIcon } from "lucide-react";

export interface NavigationEntry {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shows how many decisions wait, in amber. */
  counts?: true;
  demoOnly?: true;
  /** For people who may start runs: every role but the lowest. */
  startsRuns?: true;
  /** Where there is little room. */
  short?: string;
}

/** Only what is finished. */
export const navigation: readonly NavigationEntry[] = [
  { href: "/home", label: "Home", icon: House },
  { href: "/inbox", label: "Inbox", icon: Inbox, counts: true },
  { href: "/workflows", label: "Workflows", icon: Workflow },
  { href: "/runs", label: "Runs", icon: Play },
  { href: "/requests", label: "Start a request", short: "Request", icon: SquarePen, startsRuns: true },
  { href: "/demo/mailbox", label: "Demo mailbox", short: "Mailbox", icon: Mailbox, demoOnly: true },
];

export function isCurrent(entry: NavigationEntry, path: string): boolean {
  return path === entry.href || path.startsWith(`${entry.href}/`);
}
