"use client";
import { useState, type ReactNode } from "react";
import { roleScopes, type PermissionRole } from "@/core/permissions";
import type { Theme } from "@/components/ui/theme";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { BottomBar } from "./bottom-bar";
import { navigation, type Counts } from "./navigation";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { Sidebar } from "./sidebar";
import { useTabMark } from "./tab-mark";
import { TopBar } from "./top-bar";

export interface Viewer {
  name: string;
  email: string | null;
  role: PermissionRole | null;
}

interface AppShellProps {
  viewer: Viewer;
  /** Its name; null while unknown. */
  organization: string | null;
  theme: Theme;
  demo: boolean;
  /** What waits for the viewer. */
  counts: Counts;
  path: string;
  /** What the viewer was told. */
  bell: ReactNode;
  onSignOut: () => void;
  children: ReactNode;
}

/** Sidebar and top bar; on phones a bar at the bottom instead of the sidebar. */
export function AppShell({
  viewer,
  organization,
  theme,
  demo,
  counts,
  path,
  bell,
  onSignOut,
  children,
}: AppShellProps) {
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  useShortcuts(true, { keys: () => setShortcutsOpen(true) });
  useTabMark(counts.decisions);
  const entries = navigation.filter(
    (entry) =>
      (demo || entry.demoOnly !== true) &&
      (entry.scope === undefined || (viewer.role !== null && roleScopes[viewer.role].includes(entry.scope))),
  );
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[232px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-ink px-4 py-2 text-ground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Sidebar entries={entries} path={path} counts={counts} />
      <div className="flex min-h-dvh min-w-0 flex-col">
        <TopBar
          viewer={viewer}
          organization={organization}
          theme={theme}
          path={path}
          bell={bell}
          onShortcuts={() => setShortcutsOpen(true)}
          onSignOut={onSignOut}
        />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 pb-20 outline-none md:pb-0">
          {children}
        </main>
        <BottomBar entries={entries} path={path} counts={counts} />
      </div>
      <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
    </div>
  );
}
